#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The system's random numbers, fetched 32 at a time: a system call for each query would be dear.
struct SystemRandomNumbers: RandomNumberGenerator {
  private var words = [UInt64](repeating: 0, count: 32)
  private var left = 0

  mutating func next() -> UInt64 {
    if left == 0 {
      // 256 octets are what one call gives for sure.
      let status = unsafe words.withUnsafeMutableBytes {
        unsafe getentropy($0.baseAddress!, $0.count)
      }
      guard status == 0 else {
        var other = SystemRandomNumberGenerator()
        return other.next()
      }
      left = words.count
    }
    left -= 1
    defer { words[left] = 0 }
    return words[left]
  }
}

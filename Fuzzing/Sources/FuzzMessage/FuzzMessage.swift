import Nameservers

/// Reads any octets as a DNS message; what is one is written, and reads back the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMessage(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let octets = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let message = try? Message(parsing: octets), let written = try? message.octets() else {
    return 0
  }
  precondition((try? Message(parsing: written)) == message, "what is written reads back otherwise")
  return 0
}

/// How a reader goes through a text. The result is the same; tests compare them.
enum ReadingMethod: Sendable, Equatable {
  /// As quickly as the text and the machine allow.
  case standard
  /// Token by token alone.
  case reference
  /// In chunks of so many octets, on so many threads.
  case chunks(of: Int, threads: Int)

  /// The chunks and threads for a text of so many octets; nil: in one go.
  func chunks(for count: Int) -> (size: Int, threads: Int)? {
    switch self {
    case .reference: return nil
    case .chunks(let size, let threads): return (size, threads)
    case .standard:
      guard count >= Self.minimumChunkedCount else { return nil }
      let threads = min(processorCount, Self.maximumThreadCount)
      return threads > 1 ? (Self.chunkSize, threads) : nil
    }
  }

  /// Texts below this are read before a second thread would have begun.
  private static let minimumChunkedCount = 1 << 22
  /// What a chunk's records take stays in a core's own cache until they are taken over.
  private static let chunkSize = 1 << 18
  private static let maximumThreadCount = 8
}

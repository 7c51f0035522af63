import ZoneKit

/// Follows the messages of a transfer (RFC 5936 section 2.2): the SOA record, all others, and the
/// SOA record again.
struct TransferReader {
  /// How far the transfer is.
  enum State: Equatable { case beginning, records, complete }

  private(set) var state = State.beginning
  /// The SOA record that the transfer began with.
  private(set) var soa: Record?
  /// Records so far, the SOA counted once.
  private(set) var count = 0
  /// Records whose TTL was over 2^31-1, and was taken for 0 (RFC 2181 section 8).
  private(set) var unusableTTLs = 0

  private let question: Question
  private let id: UInt16
  private let server: ServerAddress
  private let key: TSIGKey?
  private let limits: TransferLimits

  init(
    question: Question, id: UInt16, server: ServerAddress, key: TSIGKey?, limits: TransferLimits
  ) {
    self.question = question
    self.id = id
    self.server = server
    self.key = key
    self.limits = limits
  }

  /// Takes the next message. Returns its records; the SOA at the end is left out.
  mutating func take(_ message: Message) throws(TransferError) -> [Record] {
    guard message.id == id, message.isResponse, message.opcode == 0, !message.isTruncated,
      message.questions == [question] || (state != .beginning && message.questions.isEmpty)
    else { throw TransferError("\(server) sends a message that is no part of the transfer") }
    guard message.responseCode == .noError else {
      throw TransferError(message.responseCode, zone: question.name, server: server, key: key)
    }
    guard !message.answer.isEmpty else {
      throw TransferError(
        "\(server) answers with a message without records: it does not transfer \(question.name)")
    }
    var records: [Record] = []
    records.reserveCapacity(message.answer.count)
    for record in message.answer {
      if let record = try take(record) { records.append(record) }
    }
    return records
  }

  private mutating func take(_ record: Record) throws(TransferError) -> Record? {
    let zone = question.name
    guard state != .complete else {
      throw TransferError("\(server) sends records behind the SOA that ends the transfer")
    }
    guard record.recordClass == question.recordClass, record.owner.isAtOrBelow(zone) else {
      throw TransferError(
        "\(server) sends \(record.owner) \(record.recordClass) \(record.type), which is no record "
          + "of \(zone)")
    }
    let isApexSOA = record.type == .soa && record.owner == zone
    guard let soa else {
      guard isApexSOA else {
        throw TransferError(
          "\(server) begins the transfer with \(record.owner) \(record.type), not with the SOA of "
            + "\(zone)")
      }
      self.soa = record
      state = .records
      return counted(record)
    }
    if isApexSOA {
      guard record.data.canonical == soa.data.canonical else {
        throw TransferError(
          "\(server) ends the transfer with another SOA than it began with: the zone changed "
            + "meanwhile; try again (\(soa.data) / \(record.data))")
      }
      state = .complete
      return nil
    }
    guard count < limits.recordCount else {
      throw TransferError(
        "\(server) sends more than \(limits.recordCount) records; no zone of that size is taken")
    }
    return counted(record)
  }

  private mutating func counted(_ record: Record) -> Record {
    count += 1
    guard record.ttl > TTL.maximum else { return record }
    unusableTTLs += 1
    var record = record
    record.ttl = TTL(0)
    return record
  }
}

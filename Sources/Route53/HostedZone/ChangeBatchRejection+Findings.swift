public import Diagnostics

extension ChangeBatchRejection {
  /// The faults as findings, each at the place of its change in the file that the batch was read
  /// from.
  public func findings(for batch: ChangeBatch) -> [Finding] {
    messages.map { message in
      let change = message.change.flatMap {
        batch.changes.indices.contains($0) ? batch.changes[$0] : nil
      }
      let what = change.map { "\($0.action.rawValue) \($0.set.name) \($0.set.type): " } ?? ""
      return Finding(
        rule: "r53-batch-refused", severity: .error,
        message: visible("\(message.code.rawValue): \(what)\(message.text)"),
        at: change?.location)
    }
  }
}

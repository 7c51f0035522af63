import Propagation

// What `zonecut apply` does, by the `aws` command alone.
extension RunbookWriter {
  var appendix: RunbookChapter {
    RunbookChapter(
      title: "Appendix: the batches by the aws command alone",
      steps: [
        byHand(
          "by-hand-load", "In place of zonecut apply: load the hosted zone", facts.loadBatches,
          start: "fresh.json", undo: facts.loadRollback),
        byHand(
          "by-hand-restore", "In place of zonecut apply: restore the TTLs", facts.restoreBatches,
          start: "today.json", undo: facts.restoreRollback),
      ].compactMap { $0 }, isAppendix: true)
  }

  private func byHand(
    _ id: String, _ title: String, _ files: [String], start: String, undo: [String]
  ) -> RunbookStep? {
    if files.isEmpty { return nil }
    return RunbookStep(
      id, title, owner: .dnsEngineer, takes: "\(max(2, files.count * 2)) min",
      why:
        "For a host without zonecut apply. There is no journal: whoever sends a batch notes it. \(code: start) is the export from which one starts.",
      do: [.text("The gate: nobody has changed the hosted zone since it was exported.")]
        + run(
          export(to: "now.json") + "\nzonecut diff \(Shell.word(start)) now.json",
          prints: ["no differences\(anything)"], "Anything else: stop, and plan again.")
        + send(files),
      verify: run(
        export(to: "sent.json") + "\nzonecut diff \"$ZONE_FILE\" sent.json | tail -n 1",
        prints: [anything],
        "The summary of the differences: TTLs alone, where they are planned to differ."),
      undo: [.text("Only those whose batch was sent, in this order:")] + send(undo))
  }

  /// Saves an export of the hosted zone.
  private func export(to file: String) -> String {
    """
    aws route53 list-resource-record-sets --hosted-zone-id "$ZONE_ID" --output json \\
      > \(Shell.word(file))
    """
  }

  /// Sends batches one after the other, up to the first that fails.
  private func send(_ files: [String]) -> [Block] {
    run(
      """
      send() {
        change=$(aws route53 change-resource-record-sets --hosted-zone-id "$ZONE_ID" \\
          --change-batch "file://$1" --query ChangeInfo.Id --output text) &&
          aws route53 wait resource-record-sets-changed --id "$change" && echo "$1 in sync"
      }

      """ + files.map { "send \(Shell.word($0))" }.joined(separator: " &&\n"),
      prints: files.map { "\($0) in sync" },
      "A file that is refused changes nothing: stop, and read the message.")
  }
}

import Diagnostics
import Migration
import RecordSets
import Route53
import ZoneKit

extension BatchesCommand {
  /// Applies change batches to the model of a hosted zone, and says what the service would.
  func verifyFiles(on console: Console) throws -> ExitStatus {
    if (verify + from).count(where: { $0 == "-" }) > 1 {
      throw CommandError.usage("standard input can be read only once")
    }
    let reader = InputReader(console: console, options: inputs)
    var zone = try hostedZone(reader)
    var readings: [(source: SourceFile, reading: ChangeBatchReading)] = []
    for path in verify { readings.append(try batch(path, reader)) }
    var refusedCount = 0
    for (source, reading) in readings {
      let findings = refusal(of: reading, by: &zone)
      if findings.isEmpty {
        let batch = reading.batch
        let line = "\(source.name): taken: \(count(batch.changes.count, "change")), \(batch.size)"
        if !messages.quiet { try console.print(visible(line) + "\n") }
      } else {
        refusedCount += 1
        console.show(findings, color: messages.color)
        try console.print(visible("\(source.name): refused, and nothing of it applied") + "\n")
      }
    }
    if !messages.quiet {
      try console.print("the hosted zone then holds \(count(zone.count, "record set"))\n")
    }
    return refusedCount == 0 ? .success : .findings
  }

  /// The findings of a batch that is refused; none, and it is applied, if it is taken.
  private func refusal(of reading: ChangeBatchReading, by zone: inout HostedZone) -> [Finding] {
    if let asked = reading.hostedZoneID, let id = zone.id, asked != id {
      return [
        Finding(
          rule: "r53-batch-refused", severity: .error,
          message: "NoSuchHostedZone: No hosted zone found with ID: \(visible(asked))",
          at: reading.hostedZoneIDLocation,
          help: "the export is of the hosted zone \(id)")
      ]
    }
    do throws(ChangeBatchRejection) {
      try zone.apply(reading.batch)
      return []
    } catch {
      return error.findings(for: reading.batch)
    }
  }

  private func hostedZone(_ reader: InputReader) throws(CommandError) -> HostedZone {
    var zone: HostedZone
    if from.isEmpty {
      zone = .new(apex: inputs.origin ?? .root, id: migration.zoneID)
    } else {
      let export = try reader.export(from)
      let said = export.content.description?.id
      if let said, let given = migration.zoneID, said != given {
        throw CommandError("\(export.name): is the hosted zone \(said), not \(given)")
      }
      do throws(HostedZoneError) {
        zone = try HostedZone(
          apex: export.apex, id: migration.zoneID ?? said, sets: export.content.recordSets)
      } catch {
        throw CommandError("\(export.name): \(error)")
      }
    }
    if let quota = migration.quota { zone.setLimit = max(quota, zone.count) }
    return zone
  }

  private func batch(
    _ path: String, _ reader: InputReader
  ) throws(CommandError) -> (SourceFile, ChangeBatchReading) {
    let source = try reader.open(path)
    let reading: ChangeBatchReading
    do throws(JSONError) {
      reading = ChangeBatchReading(try JSONReader.read(source))
    } catch {
      throw CommandError(
        "\(source.name): is no change batch", findings: [error.finding(rule: "r53-request")])
    }
    try reader.refuseErrors(
      in: reading.findings, of: source.name, what: "the batch is not understood")
    return (source, reading)
  }
}

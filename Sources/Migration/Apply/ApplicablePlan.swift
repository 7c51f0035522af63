import Diagnostics
import RecordSets
public import Route53
public import ZoneKit

/// The batches of a plan's directory, read back: what is applied, and what undoes it.
public struct ApplicablePlan: Sendable {
  /// The plan's id.
  public let id: String
  /// The zone.
  public let zone: Name
  /// The hosted zone that the plan was made for; nil if it was not known then.
  public let hostedZoneID: String?
  /// The batches, in the order in which they are applied.
  public let steps: [Step]

  /// A batch with the one that undoes it.
  public struct Step: Sendable {
    /// Before the cutover, or after the parallel run.
    public let phase: Plan.BatchFile.Phase
    /// What is applied.
    public let batch: File
    /// What undoes it.
    public let rollback: File
  }

  /// A file with a batch.
  public struct File: Sendable {
    /// Its path below the plan's directory.
    public let path: String
    /// The SHA-256 of its octets in hexadecimal.
    public let sha256: String
    /// What it holds.
    public let octets: [UInt8]
    /// The batch.
    public let batch: ChangeBatch
  }
}

extension ApplicablePlan {
  /// Reads a directory that `plan` or `batches` wrote.
  ///
  /// - Throws: `ApplyError` if the plan is blocked, or anything of it is missing, changed or not
  ///   understood.
  public init(directory: String) throws(ApplyError) {
    let document = try Self.document(in: directory)
    do throws(JSONError) {
      if let blocked = document["blocked"], try blocked.bool("blocked") {
        throw JSONError("the plan is blocked, and has no batches", at: blocked.location)
      }
      id = try document.member("id", of: "the plan").string("id")
      let name = try document.member("zone", of: "the plan")
      guard let zone = try? Name(parsing: name.string("zone"), origin: .root) else {
        throw JSONError("zone: expected a domain name", at: name.location)
      }
      self.zone = zone
      let zoneID = document["delegation"]?["new"]?["hostedZoneId"] ?? document["hostedZoneId"]
      hostedZoneID = zoneID?.kind == .null ? nil : try zoneID?.string("hostedZoneId")
      var steps: [Step] = []
      for entry in try document.member("batches", of: "the plan").array("batches") {
        let phase = try entry.member("phase", of: "a batch")
        guard let known = Plan.BatchFile.Phase(rawValue: try phase.string("phase")) else {
          throw JSONError("phase: expected load or restore", at: phase.location)
        }
        steps.append(
          Step(
            phase: known,
            batch: try Self.file(entry, "file", hash: "sha256", in: directory),
            rollback: try Self.file(entry, "rollback", hash: "rollbackSha256", in: directory)))
      }
      self.steps = steps
    } catch {
      throw ApplyError(
        "\(directory): the plan is not used", findings: [error.finding(rule: "apply-plan")])
    }
  }

  private static func document(in directory: String) throws(ApplyError) -> JSONValue {
    var failure: SourceFileError?
    for (file, schema) in [
      (PlanFiles.planFile, "zonecut.plan"), (PlanFiles.batchesFile, "zonecut.batches"),
    ] {
      let source: SourceFile
      do throws(SourceFileError) {
        source = try SourceFile.open(path: "\(directory)/\(file)")
      } catch {
        failure = failure ?? error
        continue
      }
      do throws(JSONError) {
        let document = try JSONReader.read(source)
        let name = try document.member("schema", of: file).member("name", of: "schema")
        let version = try document.member("schema", of: file).member("version", of: "schema")
        guard try name.string("name") == schema, try version.wholeNumber("version") == 1 else {
          throw JSONError("expected version 1 of the schema \(schema)", at: name.location)
        }
        return document
      } catch {
        throw ApplyError(
          "\(directory): the plan is not used", findings: [error.finding(rule: "apply-plan")])
      }
    }
    throw ApplyError(
      "\(failure.map { "\($0)" } ?? directory): expected a directory that zonecut plan wrote")
  }

  private static func file(
    _ entry: JSONValue, _ key: String, hash: String, in directory: String
  ) throws(JSONError) -> File {
    let place = try entry.member(key, of: "a batch")
    let path = try place.string(key)
    // The plan is a file that somebody may have sent: it names files of its directory alone.
    guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
      throw JSONError("\(key): expected a path below the directory", at: place.location)
    }
    let source: SourceFile
    do throws(SourceFileError) {
      source = try SourceFile.open(path: "\(directory)/\(path)")
    } catch {
      throw JSONError("\(error)", at: place.location, help: "plan again into a new directory")
    }
    let octets = source.octets(in: 0..<source.count)
    let sha256 = SHA256.hex(of: octets)
    if let recorded = entry[hash], try recorded.string(hash) != sha256 {
      throw JSONError(
        "\(path) was changed after the plan was made", at: recorded.location,
        help: "plan again into a new directory: what is applied is what was proven")
    }
    let reading = ChangeBatchReading(try JSONReader.read(source))
    if let finding = reading.findings.first(where: { $0.severity == .error }) {
      throw JSONError(
        finding.message, at: finding.location ?? place.location,
        help: "plan again into a new directory")
    }
    return File(path: path, sha256: sha256, octets: octets, batch: reading.batch)
  }
}

extension ApplicablePlan {
  /// The SHA-256 of each batch's file and of its rollback's, in the order of the plan.
  var fileHashes: [String] { steps.flatMap { [$0.batch.sha256, $0.rollback.sha256] } }

  /// The keys of all record sets that a batch of the plan changes.
  var touchedKeys: Set<RecordSet.Key> {
    var keys: Set<RecordSet.Key> = []
    for change in steps.flatMap({ $0.batch.batch.changes + $0.rollback.batch.changes }) {
      guard let owner = try? Name(route53: change.set.name),
        let type = RecordType(mnemonic: change.set.type)
      else { continue }
      keys.insert(
        RecordSet.Key(owner: owner, type: type, setIdentifier: change.set.setIdentifier))
    }
    return keys
  }
}

import Diagnostics
public import ZoneKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The record of an old delegation that an earlier plan's directory holds.
public enum DelegationRecord {
  /// The files of the record, for the directory of another plan of the same zone.
  ///
  /// - Parameters:
  ///   - directory: the directory of the earlier plan.
  ///   - apex: the zone of the other plan.
  /// - Throws: `DirectoryError` if that is no plan of this zone, or holds no record.
  public static func files(
    of directory: String, apex: Name
  ) throws(DirectoryError) -> [PlanFiles.File] {
    let zone: String
    do {
      let source = try SourceFile.open(path: directory + "/" + PlanFiles.planFile)
      zone = try RecordedPlan(try JSONReader.read(source)).zone
    } catch {
      throw DirectoryError("\(directory): is no plan's directory: \(error)")
    }
    guard zone == apex.description else {
      throw DirectoryError("\(directory): is a plan of \(zone), expected one of \(apex)")
    }
    var files: [PlanFiles.File] = []
    for name in PlanFiles.delegationRecords {
      do throws(SourceFileError) {
        let source = try SourceFile.open(path: directory + "/" + name)
        files.append(.init(name, source.octets(in: 0..<source.count)))
      } catch {
        guard error.errno == ENOENT else { throw DirectoryError("\(error)") }
      }
    }
    guard !files.isEmpty else {
      throw DirectoryError(
        "\(directory): holds no record of the old delegation: no \(PlanFiles.delegationRecords[0])")
    }
    return files
  }
}

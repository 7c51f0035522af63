import Foundation
public import Testing

/// Zones and exports collected from public projects, too large for this repository.
///
/// They are looked for in `$ZONECUT_SHARED/corpus`, then in `../shared/corpus` beside the package.
/// A suite or test that needs them carries the trait `.needsSharedCorpus`, and is skipped with a
/// message where they are absent.
public enum SharedCorpus {
  /// The corpus folder, nil where there is none.
  public static let root: String? = {
    let environment = ProcessInfo.processInfo.environment["ZONECUT_SHARED"]
    let candidates = [environment, packageRoot + "/../shared"].compactMap { $0 }
    return candidates.map { $0 + "/corpus" }.first(where: FileManager.default.fileExists)
  }()

  /// The files below `folder` of the corpus whose names end with one of `suffixes`, as `files`
  /// finds them; none where the corpus is absent.
  public static func files(below folder: String, ending suffixes: [String] = []) -> [String] {
    guard let root else { return [] }
    return TestSupport.files(below: root + "/" + folder, ending: suffixes)
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test, with a message, where the shared corpus is absent.
  public static var needsSharedCorpus: Self {
    .enabled(
      if: SharedCorpus.root != nil,
      "no shared corpus: set ZONECUT_SHARED or place it at ../shared beside the package")
  }
}

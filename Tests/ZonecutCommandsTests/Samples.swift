import Foundation
import TestSupport

/// The samples that can be planned, with the exit status of their plans.
let plannable = [
  "company", "mailless", "delegations", "reverse", "signed", "update",
]

/// What a sample's plan is told: in one, sets make place for others.
func choices(for sample: String) -> [String] { sample == "update" ? ["--max-deletes", "50"] : [] }

/// The zone file of a sample.
func zoneFile(_ sample: String) -> String {
  files(below: zoneSamples + "/" + sample, ending: [".zone"])[0]
}

/// The export of a sample.
func export(_ sample: String) -> String { zoneSamples + "/\(sample)/route53.json" }

/// The text of a file.
func text(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

/// Writes a file into a folder; its path.
func write(_ text: String, to name: String, in folder: String) throws -> String {
  let path = folder + "/" + name
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  return path
}

/// All that stands below a folder.
func listing(of folder: String) -> [String] {
  (FileManager.default.subpaths(atPath: folder) ?? []).sorted()
}

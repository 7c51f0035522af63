public import Diagnostics

/// What a `plan.json` says of how its plan was made.
public struct RecordedPlan: Sendable {
  /// The plan's id.
  public let id: String
  /// The zone's name, absolute, in presentation form.
  public let zone: String
  /// The words of its command line, without output directory.
  public let arguments: [String]
  /// Its inputs.
  public let inputs: [Input]

  /// An input as it was then.
  public struct Input: Hashable, Sendable {
    /// The path as given.
    public let name: String
    /// The SHA-256 of its octets in hexadecimal.
    public let sha256: String
  }

  /// Reads a document of schema `zonecut.plan`, version 1.
  ///
  /// - Throws: `JSONError` if it is no such document.
  public init(_ document: JSONValue) throws(JSONError) {
    let schema = try document.member("schema", of: "the plan")
    let name = try schema.member("name", of: "schema")
    guard try name.string("name") == Plan.schema.name else {
      throw JSONError("expected the schema \(Plan.schema.name)", at: name.location)
    }
    let version = try schema.member("version", of: "schema")
    guard try version.wholeNumber("version") == Plan.schema.version else {
      throw JSONError(
        "expected version \(Plan.schema.version) of the schema", at: version.location,
        help: "plan again with this version of zonecut")
    }
    id = try document.member("id", of: "the plan").string("id")
    zone = try document.member("zone", of: "the plan").string("zone")
    var arguments: [String] = []
    for word in try document.member("arguments", of: "the plan").array("arguments") {
      arguments.append(try word.string("arguments"))
    }
    self.arguments = arguments
    var inputs: [Input] = []
    for input in try document.member("inputs", of: "the plan").array("inputs") {
      inputs.append(
        Input(
          name: try input.member("name", of: "inputs").string("name"),
          sha256: try input.member("sha256", of: "inputs").string("sha256")))
    }
    self.inputs = inputs
  }
}

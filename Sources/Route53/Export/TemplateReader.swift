import Diagnostics

/// Finds the record sets in a CloudFormation template, or in a fragment of its `Resources`, and
/// gives them the form that an export has.
///
/// Source: `AWS::Route53::RecordSet` and `AWS::Route53::RecordSetGroup` in the AWS CloudFormation
/// user guide.
struct TemplateReader {
  var findings: [Finding] = []
  /// The sets, in the order of the template.
  var sets: [JSONValue] = []

  /// Whether an object is a template, or a fragment of its `Resources`.
  static func isTemplate(_ value: JSONValue) -> Bool {
    value["Resources"] != nil
      || value.members.contains { $0.value["Type"]?.text?.hasPrefix("AWS::") == true }
  }

  mutating func read(_ template: JSONValue) {
    for resource in (template["Resources"] ?? template).members {
      guard let properties = resource.value["Properties"] else { continue }
      switch resource.value["Type"]?.text {
      case "AWS::Route53::RecordSet": add(properties)
      case "AWS::Route53::RecordSetGroup":
        for set in properties["RecordSets"]?.elements ?? [] { add(set) }
      default: continue
      }
    }
    if sets.isEmpty, findings.isEmpty {
      report("the template has no record sets", at: template.location)
    }
  }

  private mutating func report(_ message: String, at place: Location) {
    findings.append(
      Finding(rule: "r53-template", severity: .error, message: message, at: place))
  }

  /// What a record set of a template has, and one of an export has not.
  private static let ownKeys: Set<String> = ["HostedZoneId", "HostedZoneName", "Comment"]

  private mutating func add(_ properties: JSONValue) {
    if let function = TemplateReader.function(in: properties) {
      return report(
        "the value of \(function.key) is known to CloudFormation alone: "
          + "expected a template without functions", at: function.keyLocation)
    }
    let members = properties.members.filter { !TemplateReader.ownKeys.contains($0.key) }.map {
      JSONMember(key: $0.key, keyLocation: $0.keyLocation, value: plain($0.value, key: $0.key))
    }
    sets.append(JSONValue(.object(members), at: properties.location))
  }

  /// The first function in a value: `{"Ref": ...}`, `{"Fn::GetAtt": ...}`.
  private static func function(in value: JSONValue) -> JSONMember? {
    for member in value.members {
      if member.key == "Ref" || member.key.hasPrefix("Fn::") { return member }
      if let function = function(in: member.value) { return function }
    }
    return value.elements.lazy.compactMap { function(in: $0) }.first
  }

  /// A value in the form of an export: numbers that may be strings in a template, values of
  /// records that are strings there, and defaults of an alias.
  private func plain(_ value: JSONValue, key: String) -> JSONValue {
    switch (key, value.kind) {
    case ("TTL", .string(let text)), ("Weight", .string(let text)), ("Bias", .string(let text)):
      return JSONValue(.number(text), at: value.location)
    case ("ResourceRecords", .array(let values)):
      let records = values.map { value in
        JSONValue(
          .object([JSONMember(key: "Value", keyLocation: value.location, value: value)]),
          at: value.location)
      }
      return JSONValue(.array(records), at: value.location)
    case ("AliasTarget", .object(let members)) where value["EvaluateTargetHealth"] == nil:
      let health = JSONMember(
        key: "EvaluateTargetHealth", keyLocation: value.location,
        value: JSONValue(.bool(false), at: value.location))
      return JSONValue(.object(members + [health]), at: value.location)
    case ("GeoProximityLocation", .object(let members)):
      return JSONValue(
        .object(
          members.map {
            JSONMember(
              key: $0.key, keyLocation: $0.keyLocation, value: plain($0.value, key: $0.key))
          }), at: value.location)
    default: return value
    }
  }
}

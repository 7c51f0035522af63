public import Diagnostics
import Route53
public import ZoneKit

/// A configuration file, `.zonecut.yml`:
///
///     rules: [standard, route53]
///     enable: [cname-chain]
///     disable: [takeover-cname]
///     severity: {caa-missing: info}
///     web-names: [portal.example.com]
///     max-web-ttl: 300
///     names:
///       legacy.example.com:
///         disable: [name-host-chars]
///       "*.lab.example.com":
///         severity: {private-ip: info}
///     zones:
///       example.com:
///         disable: [no-mail-lockdown]
///
/// What stands under `zones` holds for that zone besides, and what stands under `names` for
/// findings at that name, or at all names below one. Every scalar is read as text, so that
/// YAML's own types change nothing.
public struct LintFile: Sendable {
  private let common: Settings
  private let zones: [Name: Settings]

  /// What may stand at the top and for a zone.
  private struct Settings {
    var sets: Set<RuleSet>?
    var enabled: Set<String> = []
    var disabled: Set<String> = []
    var severities: [String: Severity] = [:]
    var webNames: [Name] = []
    var maximumWebTTL: UInt32?
    var names: [LintConfiguration.NameSettings] = []
  }

  /// Reads a configuration file.
  ///
  /// - Throws: `JSONError` with the place of the first thing that is not understood: no YAML, an
  ///   unknown key, rule, set or severity, a value of another kind.
  public init(_ source: SourceFile) throws(JSONError) {
    let documents = try YAMLReader.read(source)
    guard let document = documents.first, document.kind != .null else {
      (common, zones) = (Settings(), [:])
      return
    }
    if documents.count > 1 {
      throw JSONError("expected one document", at: documents[1].location)
    }
    var zones: [Name: Settings] = [:]
    for member in try document["zones"]?.object("zones") ?? [] {
      let apex = try LintFile.name(member.key, at: member.keyLocation)
      zones[apex] = try LintFile.settings(member.value, of: member.key, isZone: true)
    }
    common = try LintFile.settings(document, of: "the file", isZone: false)
    self.zones = zones
  }

  /// The sets that the file asks for in a zone; nil where it asks for none.
  public func sets(for apex: Name) -> Set<RuleSet>? { zones[apex]?.sets ?? common.sets }

  /// A configuration with what the file says for a zone added. Severities that the configuration
  /// has already are kept, as options go before the file.
  public func merged(into configuration: LintConfiguration, for apex: Name) -> LintConfiguration {
    var merged = configuration
    for settings in [zones[apex], common].compactMap({ $0 }) {
      merged.enabled.formUnion(settings.enabled.subtracting(configuration.disabled))
      merged.disabled.formUnion(settings.disabled.subtracting(configuration.enabled))
      merged.severities.merge(settings.severities) { kept, _ in kept }
      merged.webNames += settings.webNames
      merged.names += settings.names
    }
    merged.maximumWebTTL =
      zones[apex]?.maximumWebTTL ?? common.maximumWebTTL ?? configuration.maximumWebTTL
    return merged
  }
}

extension LintFile {
  private static let keys = [
    "rules", "enable", "disable", "severity", "web-names", "max-web-ttl", "names",
  ]

  private static func settings(
    _ value: JSONValue, of what: String, isZone: Bool
  ) throws(JSONError) -> Settings {
    var settings = Settings()
    for member in try value.object(what) {
      let value = member.value
      switch member.key {
      case "rules":
        var sets: Set<RuleSet> = []
        for element in try value.array("rules") {
          let text = try element.string("a set")
          guard let set = RuleSet(rawValue: text) else {
            let all = RuleSet.allCases.map(\.rawValue).joined(separator: ", ")
            throw JSONError("rules: expected \(all), found '\(text)'", at: element.location)
          }
          sets.insert(set)
        }
        settings.sets = sets
      case "enable": settings.enabled = try rules(value)
      case "disable": settings.disabled = try rules(value)
      case "severity":
        settings.severities = try severities(value)
      case "web-names":
        for element in try value.array("web-names") {
          settings.webNames.append(try name(try element.string("a name"), at: element.location))
        }
      case "max-web-ttl":
        let text = try value.string("max-web-ttl")
        guard let seconds = UInt32(text) else {
          throw JSONError("max-web-ttl: expected seconds, found '\(text)'", at: value.location)
        }
        settings.maximumWebTTL = seconds
      case "names": settings.names = try names(value)
      case "zones" where !isZone: continue
      default:
        throw JSONError(
          "unknown key '\(member.key)', expected one of \(keys.joined(separator: ", "))"
            + (isZone ? "" : ", zones"), at: member.keyLocation)
      }
    }
    return settings
  }

  private static func severities(_ value: JSONValue) throws(JSONError) -> [String: Severity] {
    var severities: [String: Severity] = [:]
    for member in try value.object("severity") {
      let text = try member.value.string("a severity")
      guard let severity = Severity(rawValue: text) else {
        throw JSONError(
          "severity: expected info, warning or error, found '\(text)'", at: member.value.location)
      }
      severities[try rule(member.key, at: member.keyLocation)] = severity
    }
    return severities
  }

  private static func names(
    _ value: JSONValue
  ) throws(JSONError) -> [LintConfiguration.NameSettings] {
    var names: [LintConfiguration.NameSettings] = []
    for member in try value.object("names") {
      var settings = LintConfiguration.NameSettings(
        name: try name(member.key, at: member.keyLocation))
      for setting in try member.value.object(member.key) {
        switch setting.key {
        case "disable": settings.disabled = try rules(setting.value)
        case "severity": settings.severities = try severities(setting.value)
        default:
          throw JSONError(
            "unknown key '\(setting.key)', expected one of disable, severity",
            at: setting.keyLocation)
        }
      }
      names.append(settings)
    }
    return names
  }

  private static func rules(_ value: JSONValue) throws(JSONError) -> Set<String> {
    var rules: Set<String> = []
    for element in try value.array("rules") {
      rules.insert(try rule(try element.string("a rule"), at: element.location))
    }
    return rules
  }

  private static func rule(_ id: String, at location: Location) throws(JSONError) -> String {
    guard Rule.find(id) != nil else { throw JSONError("\(UnknownRule(id: id))", at: location) }
    return id
  }

  private static func name(_ text: String, at location: Location) throws(JSONError) -> Name {
    do throws(NameError) {
      return try Name(parsing: text, origin: .root)
    } catch {
      throw JSONError("expected a domain name, found '\(text)': \(error)", at: location)
    }
  }
}

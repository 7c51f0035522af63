public import RecordSets
public import ZoneKit

extension Sequence<RecordSet> {
  /// The sets as `aws_route53_record` resources of Terraform, with the hosted zone's id as the
  /// variable `zone_id`.
  ///
  /// Source: documentation of the resource in hashicorp/terraform-provider-aws. It has no word for
  /// a traffic policy instance.
  public func terraform(apex: Name) -> Conversion {
    var losses: [Conversion.Loss] = []
    var labels: Set<String> = []
    var text = "variable \"zone_id\" {\n  type = string\n}\n"
    for set in inRoute53Order {
      if let reason = set.isKeptByRoute53(apex: apex) {
        losses.append(.init(set, reason, isExpected: true))
      } else if case .trafficPolicyInstance = set.content {
        losses.append(.init(set, "aws_route53_record cannot hold a traffic policy instance"))
      } else {
        let label = set.terraformLabel(unlike: &labels)
        text += "\nresource \"aws_route53_record\" \"\(label)\" {\n"
        text += set.terraformArguments.map { "  \($0)\n" }.joined() + "}\n"
      }
    }
    return Conversion(text: text, losses: losses)
  }
}

extension RecordSet {
  /// A label of letters, digits and underscores that no earlier set has.
  fileprivate func terraformLabel(unlike labels: inout Set<String>) -> String {
    let parts = [owner.isWildcard ? "wildcard" : nil, owner.route53, type.description]
    let name = (parts + [routing?.setIdentifier]).compactMap { $0 }.joined(separator: "_")
    var label = String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
    if label.first?.isNumber ?? true || label.hasPrefix("-") { label = "_" + label }
    let base = label
    var number = 2
    while !labels.insert(label).inserted {
      label = "\(base)_\(number)"
      number += 1
    }
    return label
  }

  fileprivate var terraformArguments: [String] {
    // The provider knows the wildcard as `*`, and no final dot.
    let name = owner.route53.dropLast()
    let plain = owner.isWildcard ? "*" + name.dropFirst(4) : String(name)
    var lines = [
      "zone_id = var.zone_id", "name    = \(hcl(plain))", "type    = \(hcl(type.description))",
    ]
    switch content {
    case .records(let ttl, let data):
      let values = data.map { hcl(terraformValue($0)) }.joined(separator: ", ")
      lines += ["ttl     = \(ttl)", "records = [\(values)]"]
    case .alias(let target):
      lines += block(
        "alias",
        [
          "name                   = \(hcl(target.name.route53))",
          "zone_id                = \(hcl(target.hostedZoneID))",
          "evaluate_target_health = \(target.evaluatesTargetHealth)",
        ])
    case .trafficPolicyInstance: break
    }
    if let healthCheckID { lines.append("health_check_id = \(hcl(healthCheckID))") }
    if let routing {
      lines.append("set_identifier = \(hcl(routing.setIdentifier))")
      lines += routing.policy.terraformArguments
    }
    return lines
  }

  /// A value as the provider takes it: it puts quotes around the text of TXT and SPF itself.
  private func terraformValue(_ data: RecordData) -> String {
    let value = writtenValues[data] ?? data.route53
    guard type == .txt || type == .spf, value.hasPrefix("\""), value.hasSuffix("\""),
      value.utf8.count > 1
    else { return value }
    return String(value.dropFirst().dropLast())
  }
}

extension Routing.Policy {
  fileprivate var terraformArguments: [String] {
    switch self {
    case .weighted(let weight): block("weighted_routing_policy", ["weight = \(weight)"])
    case .latency(let region): block("latency_routing_policy", ["region = \(hcl(region))"])
    case .geolocation(let place):
      block(
        "geolocation_routing_policy",
        [
          place.continentCode.map { "continent = \(hcl($0))" },
          place.countryCode.map { "country = \(hcl($0))" },
          place.subdivisionCode.map { "subdivision = \(hcl($0))" },
        ].compactMap { $0 })
    case .failover(let role): block("failover_routing_policy", ["type = \(hcl(role.rawValue))"])
    case .multivalue: ["multivalue_answer_routing_policy = true"]
    case .cidr(let collection, let location):
      block(
        "cidr_routing_policy",
        ["collection_id = \(hcl(collection))", "location_name = \(hcl(location))"])
    case .geoproximity(let place):
      block(
        "geoproximity_routing_policy",
        [
          place.awsRegion.map { "aws_region = \(hcl($0))" },
          place.localZoneGroup.map { "local_zone_group = \(hcl($0))" },
          place.bias.map { "bias = \($0)" },
        ].compactMap { $0 }
          + (place.coordinates.map {
            block(
              "coordinates",
              ["latitude = \(hcl($0.latitude))", "longitude = \(hcl($0.longitude))"])
          } ?? []))
    }
  }
}

/// A nested block, its lines indented.
private func block(_ name: String, _ lines: [String]) -> [String] {
  ["\(name) {"] + lines.map { "  " + $0 } + ["}"]
}

/// A quoted template of HCL: quotes, backslashes, line ends and the marks of interpolation escaped
/// (HCL native syntax specification, "Template Expressions").
private func hcl(_ text: String) -> String {
  var result = ""
  var last: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "{" where last == "$" || last == "%":
      // `${` and `%{` begin a template; `$${` and `%%{` stand for themselves.
      result.unicodeScalars.append(last!)
      result += "{"
    default: result.unicodeScalars.append(scalar)
    }
    last = scalar
  }
  return "\"\(result)\""
}

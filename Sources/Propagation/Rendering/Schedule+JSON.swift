public import Diagnostics

extension Schedule {
  /// The schedule as a JSON document (`zonecut.schedule`, version 1): keys sorted, spans in
  /// integer seconds, instants in RFC 3339, shares from 0 to 1.
  public func json() -> String { document.text() }

  /// The same document as a value, to be part of another.
  public var document: JSONOutput {
    .object([
      "advice": .array(advice.map(\.json)),
      "bound": .object([
        "decidedBy": .optional(bound.decider, \.json), "delegation": .span(bound.delegation),
        "length": .span(bound.length), "record": .span(bound.record),
      ]),
      "childNS": childNS.json,
      "cutover": .instant(cutover),
      "cutoverDecidedBy": .string(cutoverDecidedBy),
      "dsWait": .optional(dsWait, JSONOutput.span),
      "end": .instant(end),
      "lead": .object([
        "holdingOriginal": .share(lead.holdingOriginal), "length": .span(lead.length),
        "shareAt25Minutes": .share(lead.shareAtRecheck),
        "shareAt25MinutesWithoutOld": .share(lead.shareAtRecheckWithoutOld),
      ]),
      "parallelRun": .span(parallelRun),
      "parentNS": .object([
        "assumed": .bool(parentNS.isAssumed), "lowered": .span(parentNS.inForce),
        "original": .span(parentNS.ttl), "source": .string(parentNS.source),
      ]),
      "periods": .int(periods),
      "recordChanges": .array(recordChanges.map(\.json)),
      "rollback": .span(rollback),
      "schema": .object(["name": .string("zonecut.schedule"), "version": .int(1)]),
      "shares": shares.json,
      "start": .instant(start),
      "timeZone": .optional(timeZone, JSONOutput.string),
      "steps": .array(steps.map(\.json)),
      "waitBefore": .object([
        "decidedBy": .optional(waitBefore.decider, \.json), "length": .span(waitBefore.length),
      ]),
      "warnings": .array(warnings.map(JSONOutput.string)),
      "wish": .optional(wish, \.json),
      "zone": .string(zone),
    ])
  }
}

extension JSONOutput {
  fileprivate static func span(_ span: TimeSpan) -> JSONOutput {
    Int(exactly: span.seconds).map(JSONOutput.int) ?? .null
  }

  fileprivate static func instant(_ instant: Instant) -> JSONOutput {
    .string(instant.description)
  }

  /// A share, rounded to six decimals.
  fileprivate static func share(_ share: Double) -> JSONOutput {
    .double((share * 1e6).rounded() / 1e6)
  }

  /// `null` for nil.
  fileprivate static func optional<Value>(
    _ value: Value?, _ make: (Value) -> JSONOutput
  ) -> JSONOutput {
    value.map(make) ?? .null
  }
}

extension LoweredTTL {
  fileprivate var json: JSONOutput {
    .object(["lowered": .span(lowered), "original": .span(original)])
  }
}

extension Schedule.Decider {
  fileprivate var json: JSONOutput {
    .object([
      "name": .string(name), "others": .int(others), "ttl": .span(ttl),
      "type": .string(type),
    ])
  }
}

extension Schedule.Wish {
  fileprivate var json: JSONOutput {
    .object([
      "cutover": .instant(cutover), "latestStart": .instant(latestStart),
      "dsStillCached": .bool(dsStillCached),
      "strandedHalfLife": .share(strandedHalfLife), "strandedStrict": .share(strandedStrict),
      "outsideWindows": .bool(isOutsideWindows), "tooEarlyBy": .span(tooEarlyBy),
    ])
  }
}

extension Schedule.Advice {
  fileprivate var json: JSONOutput {
    .object([
      "part": .string(part.rawValue), "saves": .span(saves), "text": .string(text),
    ])
  }
}

extension Schedule.RecordChange {
  fileprivate var json: JSONOutput {
    .object([
      "bound": .span(bound), "count": .int(count),
      "examples": .array(examples.map(JSONOutput.string)), "halfLife": halfLife.json,
      "strict": strict.json, "ttl": ttl.json,
    ])
  }
}

extension Quantiles {
  fileprivate var json: JSONOutput {
    .object([
      "p50": .optional(p50, JSONOutput.span), "p90": .optional(p90, JSONOutput.span),
      "p95": .optional(p95, JSONOutput.span), "p99": .optional(p99, JSONOutput.span),
    ])
  }
}

extension ShareTable {
  fileprivate var json: JSONOutput {
    .object([
      "curves": .array(
        curves.map { curve in
          .object([
            "countsClasses": .bool(curve.countsClasses),
            "end": .optional(curve.model.end, JSONOutput.span),
            "parentCentricShare": .share(curve.parentCentricShare),
            "planningRule": .bool(curve.model.rule == .halfLife),
            "quantiles": curve.quantiles.json,
            "rule": .string(curve.model.rule.name),
          ])
        }),
      "rows": .array(
        rows.map { row in
          .object([
            "after": .span(row.after), "labels": .array(row.labels.map(JSONOutput.string)),
            "shares": .array(row.shares.map(JSONOutput.share)),
          ])
        }),
    ])
  }
}

extension Step {
  fileprivate var json: JSONOutput {
    .object([
      "decidedBy": .optional(decidedBy, JSONOutput.string), "duration": .span(duration),
      "id": .string(id.rawValue), "instant": .instant(instant),
      "local": .optional(utcOffset) { .string(instant.description(offset: $0)) },
      "shortenedBy": .optional(shortenedBy, JSONOutput.string), "title": .string(title),
      "why": .string(why),
    ])
  }
}

extension HoldingRule {
  /// The rule's name in documents and tables.
  var name: String {
    switch self {
    case .halfLife: "half-life"
    case .strict: "strict"
    case .stacked(let caches): "stacked-\(caches)"
    }
  }
}

extension Schedule {
  /// The schedule as a JSON document (`zonecut.schedule`, version 1): keys sorted, spans in
  /// integer seconds, instants in RFC 3339, shares from 0 to 1.
  public func json() -> String {
    JSONText.object([
      "advice": .array(advice.map(\.json)),
      "bound": .object([
        "decidedBy": .optional(bound.decider, \.json), "delegation": .span(bound.delegation),
        "length": .span(bound.length), "record": .span(bound.record),
      ]),
      "childNS": childNS.json,
      "cutover": .instant(cutover),
      "dsWait": .optional(dsWait, JSONText.span),
      "end": .instant(end),
      "lead": .object([
        "holdingOriginal": .share(lead.holdingOriginal), "length": .span(lead.length),
        "shareAt25Minutes": .share(lead.shareAtRecheck),
        "shareAt25MinutesWithoutOld": .share(lead.shareAtRecheckWithoutOld),
      ]),
      "parallelRun": .span(parallelRun),
      "parentNS": .object([
        "assumed": .boolean(parentNS.isAssumed), "lowered": .span(parentNS.inForce),
        "original": .span(parentNS.ttl), "source": .string(parentNS.source),
      ]),
      "periods": .integer(Int64(periods)),
      "recordChanges": .array(recordChanges.map(\.json)),
      "rollback": .span(rollback),
      "schema": .object(["name": .string("zonecut.schedule"), "version": .integer(1)]),
      "shares": shares.json,
      "start": .instant(start),
      "timeZone": .optional(timeZone, JSONText.string),
      "steps": .array(steps.map(\.json)),
      "waitBefore": .object([
        "decidedBy": .optional(waitBefore.decider, \.json), "length": .span(waitBefore.length),
      ]),
      "warnings": .array(warnings.map(JSONText.string)),
      "wish": .optional(wish, \.json),
      "zone": .string(zone),
    ]).text
  }
}

extension LoweredTTL {
  fileprivate var json: JSONText {
    .object(["lowered": .span(lowered), "original": .span(original)])
  }
}

extension Schedule.Decider {
  fileprivate var json: JSONText {
    .object([
      "name": .string(name), "others": .integer(Int64(others)), "ttl": .span(ttl),
      "type": .string(type),
    ])
  }
}

extension Schedule.Wish {
  fileprivate var json: JSONText {
    .object([
      "cutover": .instant(cutover), "dsStillCached": .boolean(dsStillCached),
      "strandedHalfLife": .share(strandedHalfLife), "strandedStrict": .share(strandedStrict),
      "outsideWindows": .boolean(isOutsideWindows), "tooEarlyBy": .span(tooEarlyBy),
    ])
  }
}

extension Schedule.Advice {
  fileprivate var json: JSONText {
    .object([
      "part": .string(part.rawValue), "saves": .span(saves), "text": .string(text),
    ])
  }
}

extension Schedule.RecordChange {
  fileprivate var json: JSONText {
    .object([
      "bound": .span(bound), "count": .integer(Int64(count)),
      "examples": .array(examples.map(JSONText.string)), "halfLife": halfLife.json,
      "strict": strict.json, "ttl": ttl.json,
    ])
  }
}

extension Quantiles {
  fileprivate var json: JSONText {
    .object([
      "p50": .optional(p50, JSONText.span), "p90": .optional(p90, JSONText.span),
      "p95": .optional(p95, JSONText.span), "p99": .optional(p99, JSONText.span),
    ])
  }
}

extension ShareTable {
  fileprivate var json: JSONText {
    .object([
      "curves": .array(
        curves.map { curve in
          .object([
            "countsClasses": .boolean(curve.countsClasses),
            "end": .optional(curve.model.end, JSONText.span),
            "parentCentricShare": .share(curve.parentCentricShare),
            "quantiles": curve.quantiles.json,
            "rule": .string(curve.model.rule.name),
          ])
        }),
      "rows": .array(
        rows.map { row in
          .object([
            "after": .span(row.after), "labels": .array(row.labels.map(JSONText.string)),
            "shares": .array(row.shares.map(JSONText.share)),
          ])
        }),
    ])
  }
}

extension Step {
  fileprivate var json: JSONText {
    .object([
      "decidedBy": .optional(decidedBy, JSONText.string), "duration": .span(duration),
      "id": .string(id.rawValue), "instant": .instant(instant),
      "local": .optional(utcOffset) { .string(instant.description(offset: $0)) },
      "shortenedBy": .optional(shortenedBy, JSONText.string), "title": .string(title),
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

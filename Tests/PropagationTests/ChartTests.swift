import Foundation
import Propagation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct `The chart (SVG)` {
  /// Element names with their attributes, as an XML reader sees them.
  final class Reader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []
    var text: [String: String] = [:]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append((name, attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) {
      if let name = elements.last?.name { text[name, default: ""] += characters }
    }
  }

  static func read(_ svg: String) throws -> Reader {
    let reader = Reader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return reader
  }

  @Test func `golden files`() throws {
    let schedule = try Schedule(ScheduleSamples.weekLongAddress)
    expectSnapshot(schedule.chart(), named: "chart.svg")
    expectSnapshot(schedule.chart(.linear), named: "chart-linear.svg")
  }

  @Test(arguments: ScheduleSamples.all, [TimeAxis.logarithmic, .linear])
  func `has a line for each model, within the image, and words for those who do not see it`(
    sample: (name: String, inputs: ScheduleInputs), axis: TimeAxis
  ) throws {
    let schedule = try Schedule(sample.inputs)
    let reader = try Self.read(schedule.chart(axis))
    let lines = reader.elements.filter {
      $0.name == "path" && $0.attributes["class"]?.hasPrefix("line") == true
    }
    // Once in the legend, once in the plot.
    #expect(lines.count == 2 * schedule.shares.curves.count)
    for line in lines {
      let path = try #require(line.attributes["d"])
      for point in path.dropFirst().split(separator: "L") {
        let x = try #require(point.split(separator: " ").first.flatMap { Double($0) })
        #expect((0...960).contains(x))
      }
    }
    #expect(reader.text["title"]?.contains(schedule.zone) == true)
    #expect(reader.text["desc"]?.contains("half-life: 50 % after") == true)
    let style = try #require(reader.text["style"])
    #expect(style.contains("prefers-color-scheme: dark"))
    // Within a page no rule reaches what is not the chart's.
    for rule in style.split(separator: "}") where rule.contains("{") {
      let selector = rule.split(separator: "{").dropLast().last ?? ""
      #expect(selector.drop { $0 == " " }.hasPrefix(".zonecut-shares"), "\(rule)")
    }
    let svg = try #require(reader.elements.first)
    #expect(svg.attributes["role"] == "img")
    #expect(svg.attributes["aria-labelledby"] == "zonecut-shares-title zonecut-shares-description")
  }

  @Test func `curves never fall`() throws {
    for (_, inputs) in ScheduleSamples.all {
      let reader = try Self.read(try Schedule(inputs).chart())
      for element in reader.elements where element.attributes["d"]?.contains("L") == true {
        // Downwards on the screen is a greater y.
        var last = Double.infinity
        for point in element.attributes["d"]?.dropFirst().split(separator: "L") ?? [] {
          let y = try #require(point.split(separator: " ").last.flatMap { Double($0) })
          #expect(y <= last)
          last = y
        }
      }
    }
  }

  @Test func `names cannot become markup`() throws {
    var inputs = ScheduleSamples.com
    inputs.zone = "<\u{301}<script>&\"'\u{1}]]>.com."
    let reader = try Self.read(try Schedule(inputs).chart())
    #expect(!reader.elements.contains { $0.name == "script" })
    #expect(reader.text["title"]?.contains("<script>&\"'<U+0001>]]>.com.") == true)
    inputs.zone = String(repeating: "a", count: 1_000) + ".com."
    #expect(try Schedule(inputs).chart().contains(">Clients that ask the new servers<"))
  }

  @Test func `extreme times have a chart too`() throws {
    var inputs = ScheduleSamples.com
    inputs.parentNS = ParentTTL(.longestTTL, source: "asked")
    for axis in [TimeAxis.logarithmic, .linear] {
      #expect(try !Self.read(try Schedule(inputs).chart(axis)).elements.isEmpty)
    }
  }
}

import Diagnostics
import RecordSets
import Route53
import Testing
import ZoneKit

@Suite("Aliases in the place of CNAMEs")
struct AliasTests {
  @Test(
    "resources of AWS are known by their names",
    arguments: [
      ("d111111abcdef8.cloudfront.net.", "CloudFront distribution", "Z2FDTNDATAQYW2"),
      ("D111.CloudFront.NET.", "CloudFront distribution", "Z2FDTNDATAQYW2"),
      ("a1234.awsglobalaccelerator.com.", "Global Accelerator", "Z2BJ6XQ5FK7U4H"),
      (
        "lb-1.eu-central-1.elb.amazonaws.com.", "Application or Classic Load Balancer",
        "Z215JYRZR1TBD5"
      ),
      (
        "dualstack.lb-1.us-east-1.elb.amazonaws.com.", "Application or Classic Load Balancer",
        "Z35SXDOTRQ7X7K"
      ),
      ("nlb-1.elb.us-east-1.amazonaws.com.", "Network Load Balancer", "Z26RNL4JYFTOTI"),
      (
        "lb-1.cn-north-1.elb.amazonaws.com.cn.", "Application or Classic Load Balancer",
        "Z1GDH35T77C1KE"
      ),
      (
        "vpce-1.vpce-svc-1.eu-west-1.vpce.amazonaws.com.", "VPC interface endpoint",
        "Z38GZ743OKFT7T"
      ),
      (
        "d-x.execute-api.eu-west-1.amazonaws.com.", "API Gateway regional endpoint", "ZLY8HYME6SFDD"
      ),
      ("env.af-south-1.elasticbeanstalk.com.", "Elastic Beanstalk environment", "Z1EI3BVKMKK4AM"),
      (
        "www.example.com.s3-website-us-west-2.amazonaws.com.", "S3 website bucket", "Z3BJ6K6RIION7M"
      ),
      (
        "www.example.com.s3-website.af-south-1.amazonaws.com.", "S3 website bucket",
        "Z11KHD8FBVPUYU"
      ),
      ("s3-website-us-west-2.amazonaws.com.", "S3 website bucket", "Z3BJ6K6RIION7M"),
    ])
  func resources(target: String, service: String, zone: String) throws {
    let resource = try #require(
      AWSResource(
        target: Name(parsing: target), owner: Name(parsing: "www.example.com.")))
    #expect(resource.service.rawValue == service)
    #expect(resource.hostedZoneID == zone)
    if resource.service == .websiteBucket {
      #expect(resource.name.description.hasPrefix("s3-website"))
    } else {
      #expect(resource.name.description == target)
    }
  }

  @Test(
    "other names are none, and a bucket of another name answers nobody",
    arguments: [
      "cloudfront.net.", "www.example.net.", "amazonaws.com.", ".", "lb.mars-1.elb.amazonaws.com.",
      "env.elasticbeanstalk.com.", "other.s3-website-us-west-2.amazonaws.com.",
      "ec2-192-0-2-1.compute-1.amazonaws.com.", "cn.",
    ])
  func others(target: String) throws {
    #expect(
      AWSResource(target: try Name(parsing: target), owner: try Name(parsing: "www.example.com."))
        == nil)
  }

  static func translation(_ text: String, _ options: Translation.Options) throws -> Translation {
    try Translation(of: TranslationTests.zone(TranslationTests.head + text), options: options)
  }

  @Test("an apex CNAME to AWS becomes aliases beside the apex's other records")
  func apex() throws {
    let text = "@ CNAME d1.cloudfront.net.\n@ MX 10 mail\n"
    let converted = try Self.translation(text, .init(alias: .convert))
    #expect(
      converted.recordSets.map(\.key.description)
        == ["example.com. A", "example.com. AAAA", "example.com. MX"])
    #expect(!converted.ledger.isBlocked)
    #expect(converted.ledger.counts.carried == 2)
    #expect(
      converted.ledger.text().contains(
        "carried as aliases:\n    zone:5: example.com. 3600 IN CNAME d1.cloudfront.net."))
    for policy in [AliasPolicy.suggest, .never] {
      let blocked = try Self.translation(text, .init(alias: policy))
      let reason = try #require(blocked.ledger.outcomes[3].reason)
      #expect(reason.id == "r53-apex-cname")
      #expect(reason.help?.contains("--alias convert") == (policy == .suggest))
    }
  }

  @Test("an apex CNAME to a name of the zone becomes aliases of the types there")
  func apexToName() throws {
    let text = "@ CNAME www\nwww A 192.0.2.1\n"
    let options = Translation.Options(alias: .convert, hostedZoneID: "Z9")
    let converted = try Self.translation(text, options)
    #expect(
      converted.recordSets[0].aliasTarget
        == AliasTarget(
          hostedZoneID: "Z9", name: try Name(parsing: "www.example.com."),
          evaluatesTargetHealth: false))
    #expect(converted.recordSets.map(\.type) == [.a, .a])
    // Without the id it stays blocked; nor does an alias lead to a CNAME or out of the zone.
    #expect(try Self.translation(text, .init(alias: .convert)).ledger.isBlocked)
    for text in ["@ CNAME www\nwww CNAME x", "@ CNAME www.example.net.", "@ CNAME @"] {
      #expect(try Self.translation(text, options).ledger.isBlocked)
    }
  }

  @Test("an alias never takes the place of records that are there")
  func occupied() throws {
    let text = "@ CNAME d1.cloudfront.net.\n@ A 192.0.2.1\n"
    let translation = try Self.translation(text, .init(alias: .convert))
    #expect(translation.ledger.isBlocked)
    #expect(
      translation.recordSets.map(\.content).allSatisfy {
        if case .records = $0 { true } else { false }
      })
  }

  @Test("below the apex a CNAME to AWS stays, and is suggested or converted")
  func below() throws {
    let text = "www CNAME d1.cloudfront.net.\nold CNAME www\n"
    let suggested = try Self.translation(text, .init())
    #expect(suggested.recordSets.map(\.type) == [.cname, .cname])
    #expect(suggested.suggestions.map(\.owner.description) == ["www.example.com."])
    #expect(try Self.translation(text, .init(alias: .never)).suggestions.isEmpty)
    let converted = try Self.translation(text, .init(alias: .convert))
    #expect(converted.recordSets.map(\.type) == [.cname, .a, .aaaa])
    #expect(converted.ledger.counts.carried == 2)
  }
}

public import RecordSets
public import ZoneKit

/// A resource of AWS that an alias may target, recognised by its name.
///
/// Source: "Values specific for simple alias records" in the Amazon Route 53 developer guide, and
/// the table `AliasZones`.
public struct AWSResource: Sendable, Hashable {
  /// What it is.
  public let service: Service
  /// The name that an alias targets. For a website bucket that is its region's endpoint.
  public let name: Name
  /// The id of the hosted zone that the name lives in.
  public let hostedZoneID: String

  /// Kinds of resource.
  public enum Service: String, Sendable, Hashable, CaseIterable {
    /// A CloudFront distribution.
    case cloudFront = "CloudFront distribution"
    /// An accelerator of Global Accelerator.
    case globalAccelerator = "Global Accelerator"
    /// An Application or Classic Load Balancer.
    case loadBalancer = "Application or Classic Load Balancer"
    /// A Network Load Balancer.
    case networkLoadBalancer = "Network Load Balancer"
    /// An interface endpoint of a VPC.
    case vpcEndpoint = "VPC interface endpoint"
    /// A regional endpoint of API Gateway.
    case apiGateway = "API Gateway regional endpoint"
    /// A bucket of S3 as a website.
    case websiteBucket = "S3 website bucket"
    /// An Elastic Beanstalk environment with a name of its region.
    case elasticBeanstalk = "Elastic Beanstalk environment"

    /// The types of alias that the resource answers. A distribution or load balancer without
    /// IPv6 answers an AAAA alias with no data, as it does a CNAME.
    public var types: [RecordType] {
      switch self {
      case .cloudFront, .loadBalancer, .networkLoadBalancer: [.a, .aaaa]
      default: [.a]
      }
    }
  }

  /// The resource that a CNAME at `owner` leads to; nil if `target` is not the name of one.
  ///
  /// - Parameter owner: matters for a website bucket alone, which answers only to its own name.
  public init?(target: Name, owner: Name) {
    let labels = target.lowercased.labels.map { String(decoding: $0, as: UTF8.self) }
    guard let (service, zone, region) = AWSResource.recognise(labels) else { return nil }
    self.service = service
    hostedZoneID = zone
    guard service == .websiteBucket else {
      name = target
      return
    }
    guard let endpoint = AWSResource.endpoint(of: target, region: region, bucket: owner) else {
      return nil
    }
    name = endpoint
  }

  /// An alias to the resource. Its health is not evaluated: an alias that takes the place of a
  /// CNAME answers like it, and for CloudFront it must not be.
  public var aliasTarget: AliasTarget {
    AliasTarget(hostedZoneID: hostedZoneID, name: name, evaluatesTargetHealth: false)
  }

  /// Service, hosted zone and region of a name given as labels in lower case.
  private static func recognise(
    _ labels: [String]
  ) -> (service: Service, zone: String, region: String)? {
    func ends(_ suffix: String...) -> Bool {
      labels.count > suffix.count && labels.suffix(suffix.count) == suffix[...]
    }
    if ends("cloudfront", "net") { return (.cloudFront, AliasZones.cloudFront, "") }
    if ends("awsglobalaccelerator", "com") {
      return (.globalAccelerator, AliasZones.globalAccelerator, "")
    }
    if ends("elasticbeanstalk", "com"), labels.count > 3 {
      let region = labels[labels.count - 3]
      return AliasZones.elasticBeanstalk[region].map { (.elasticBeanstalk, $0, region) }
    }
    var labels = labels[...]
    if labels.last == "cn" { labels.removeLast() }
    guard labels.suffix(2) == ["amazonaws", "com"] else { return nil }
    labels.removeLast(2)
    guard let last = labels.popLast() else { return nil }
    let before = labels.last ?? ""
    // The two labels before amazonaws.com: region and service, in either order.
    let found: (Service, String?, String)
    switch (before, last) {
    case (_, "elb"): found = (.loadBalancer, AliasZones.loadBalancers[before], before)
    case ("elb", _): found = (.networkLoadBalancer, AliasZones.networkLoadBalancers[last], last)
    case (_, "vpce"): found = (.vpcEndpoint, AliasZones.vpcEndpoints[before], before)
    case ("execute-api", _): found = (.apiGateway, AliasZones.apiGateways[last], last)
    case ("s3-website", _): found = (.websiteBucket, AliasZones.websiteBuckets[last], last)
    case (_, _) where last.hasPrefix("s3-website-"):
      let region = String(last.dropFirst("s3-website-".count))
      found = (.websiteBucket, AliasZones.websiteBuckets[region], region)
    default: return nil
    }
    return found.1.map { (found.0, $0, found.2) }
  }

  /// The endpoint in `bucket.endpoint`, or of a name that is one; nil if the bucket has another name than the record, for
  /// S3 finds the bucket by the name that a client asks for.
  private static func endpoint(of target: Name, region: String, bucket: Name) -> Name? {
    var candidate = target
    while let first = candidate.firstLabel, let parent = candidate.parent {
      if String(decoding: first, as: UTF8.self).lowercased().hasPrefix("s3-website") { break }
      candidate = parent
    }
    return candidate == target || target.rebased(from: candidate, to: .root) == bucket
      ? candidate : nil
  }
}

public import ZoneKit

/// Domains in which content delivery networks and load balancers name their customers' endpoints.
/// Their addresses change without notice, so that what points to them needs a short TTL.
///
/// Source: the documentation of each provider on custom domains, read in 2026; for AWS the alias
/// targets of "Choosing between alias and non-alias records" in the Route 53 developer guide.
public enum WebServices {
  /// The domains.
  public static let domains: [Name] = [
    // AWS: CloudFront, Elastic Load Balancing, Global Accelerator, S3 websites, API Gateway,
    // Elastic Beanstalk, App Runner, Amplify.
    "cloudfront.net", "elb.amazonaws.com", "amazonaws.com", "awsglobalaccelerator.com",
    "elasticbeanstalk.com", "awsapprunner.com", "amplifyapp.com",
    // Akamai.
    "akamaiedge.net", "edgekey.net", "edgesuite.net", "akamai.net", "akamaized.net",
    // Fastly, Cloudflare, Bunny, CDN77, KeyCDN, StackPath, Imperva, Sucuri.
    "fastly.net", "fastlylb.net", "cdn.cloudflare.net", "b-cdn.net", "cdn77.org", "kxcdn.com",
    "stackpathcdn.com", "impervadns.net", "incapdns.net", "sucuri.net",
    // Microsoft Azure: Front Door, CDN, Traffic Manager, App Service.
    "azurefd.net", "azureedge.net", "trafficmanager.net", "azurewebsites.net", "cloudapp.net",
    "cloudapp.azure.com",
    // Google.
    "ghs.googlehosted.com", "c.storage.googleapis.com", "web.app", "run.app",
    // Platforms that serve web sites.
    "vercel-dns.com", "netlify.app", "netlifyglobalcdn.com", "github.io", "gitlab.io",
    "herokudns.com", "herokuapp.com", "myshopify.com", "wpengine.com", "squarespace.com",
    "wixdns.net", "pages.dev", "fly.dev", "onrender.com",
  ].compactMap { try? Name(parsing: $0, origin: .root) }

  /// Whether a name is one of theirs: an endpoint of a customer.
  public static func serve(_ name: Name) -> Bool {
    domains.contains { name.isAtOrBelow($0) }
  }
}

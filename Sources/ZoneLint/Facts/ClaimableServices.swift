import ZoneKit

/// Services whose endpoint names anybody may claim once they were given up.
///
/// Source: the services marked vulnerable or an edge case by EdOverflow/can-i-take-over-xyz,
/// README.md at commit 003c6b9c194f, that have a domain of their own; for Azure the domains of
/// "Prevent dangling DNS entries and avoid subdomain takeover" by Microsoft. November 2026.
enum ClaimableServices {
  private static let domains: [(suffix: String, service: String)] = [
    ("elasticbeanstalk.com", "AWS Elastic Beanstalk"), ("agilecrm.com", "Agile CRM"),
    ("airee.ru", "Airee.ru"), ("animaapp.io", "Anima"), ("bitbucket.io", "Bitbucket"),
    ("fly.dev", "Fly.io"), ("furyns.com", "Gemfury"), ("ghost.io", "Ghost"),
    ("github.io", "GitHub Pages"), ("hatenablog.com", "HatenaBlog"),
    ("helpjuice.com", "Help Juice"), ("helpscoutdocs.com", "Help Scout"),
    ("herokuapp.com", "Heroku"), ("herokudns.com", "Heroku"),
    ("youtrack.cloud", "JetBrains YouTrack"), ("launchrock.com", "LaunchRock"),
    ("netlify.app", "Netlify"), ("ngrok.io", "ngrok"), ("pantheonsite.io", "Pantheon"),
    ("readme.io", "Readme.io"), ("myshopify.com", "Shopify"), ("surge.sh", "Surge"),
    ("azurewebsites.net", "Azure App Service"), ("cloudapp.net", "Azure Cloud Services"),
    ("cloudapp.azure.com", "Azure virtual machines"),
    ("trafficmanager.net", "Azure Traffic Manager"), ("azureedge.net", "Azure CDN"),
    ("azure-api.net", "Azure API Management"),
    ("azurecontainer.io", "Azure Container Instances"),
    ("blob.core.windows.net", "Azure Blob Storage"),
  ]

  static let suffixes = DomainSet(
    (domains.map(\.suffix) + ["amazonaws.com"]).compactMap { try? Name(parsing: $0, origin: .root) }
  )
  private static let services = Dictionary(
    domains.map { ($0.suffix, $0.service) }, uniquingKeysWith: { first, _ in first })

  /// The service that `name` is an endpoint of.
  static func service(of name: Name) -> String? {
    guard let suffix = suffixes.domain(of: name), name != suffix else { return nil }
    if let service = services[suffix.withoutFinalDot] { return service }
    // S3 names its website endpoints bucket.s3-website-REGION or bucket.s3-website.REGION.
    let labels = name.labels.map { String(decoding: $0, as: UTF8.self).lowercased() }
    return labels.contains { $0 == "s3" || $0.hasPrefix("s3-") } ? "Amazon S3" : nil
  }
}

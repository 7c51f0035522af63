import ZoneKit

/// Services whose endpoint names anybody may claim once they were given up.
///
/// Reviewed row by row in November 2026. A service is listed only where a source says that its
/// names can be claimed, and the domain only where the source or the service's own documentation
/// states it.
enum ClaimableServices {
  /// Who says that a name can be claimed.
  private enum Source {
    /// "Vulnerable" in the table of EdOverflow/can-i-take-over-xyz, README.md at commit
    /// 003c6b9c194f.
    case list
    /// "Edge case" there: it depends on the plan or on how the domain was added.
    case edge
    /// "Prevent dangling DNS entries and avoid subdomain takeover", Microsoft, April 2025.
    case azure
  }

  private static let rows: [(domain: String, service: String, source: Source)] = [
    ("elasticbeanstalk.com", "AWS Elastic Beanstalk", .list),
    ("amazonaws.com", "Amazon S3", .list),
    ("agilecrm.com", "Agile CRM", .list),
    ("airee.ru", "Airee.ru", .list),
    ("animaapp.io", "Anima", .list),
    ("bitbucket.io", "Bitbucket", .list),
    ("fly.dev", "Fly.io", .list),
    ("furyns.com", "Gemfury", .list),
    ("ghost.io", "Ghost", .list),
    ("hatenablog.com", "HatenaBlog", .list),
    ("helpjuice.com", "Help Juice", .list),
    ("helpscoutdocs.com", "Help Scout", .list),
    ("youtrack.cloud", "JetBrains YouTrack", .list),
    ("ngrok.io", "ngrok", .list),
    ("pantheonsite.io", "Pantheon", .list),
    ("readme.io", "Readme.io", .list),
    ("surge.sh", "Surge", .list),
    ("github.io", "GitHub Pages", .edge),
    ("herokuapp.com", "Heroku", .edge),
    ("myshopify.com", "Shopify", .edge),
    ("netlify.app", "Netlify", .edge),
    ("azurefd.net", "Azure Front Door", .azure),
    ("blob.core.windows.net", "Azure Blob Storage", .azure),
    ("azureedge.net", "Azure CDN", .azure),
    ("cloudapp.azure.com", "Azure public IP addresses", .azure),
    ("cloudapp.net", "Azure Cloud Services (classic)", .azure),
    ("trafficmanager.net", "Azure Traffic Manager", .azure),
    ("azurecontainer.io", "Azure Container Instances", .azure),
    ("azure-api.net", "Azure API Management", .azure),
    ("azurewebsites.net", "Azure App Service", .azure),
  ]

  static let domains = DomainSet(rows.compactMap { try? Name(parsing: $0.domain, origin: .root) })
  private static let services = Dictionary(
    rows.map { ($0.domain, $0.service) }, uniquingKeysWith: { first, _ in first })

  /// The service that `name` is an endpoint of.
  static func service(of name: Name) -> String? {
    guard let domain = domains.domain(of: name), name != domain else { return nil }
    guard domain.label(0) == "amazonaws" else { return services[domain.withoutFinalDot] }
    // S3 names its website endpoints bucket.s3-website-REGION or bucket.s3-website.REGION.
    let labels = name.labels.map { String(decoding: $0, as: UTF8.self).lowercased() }
    return labels.contains { $0 == "s3" || $0.hasPrefix("s3-") } ? "Amazon S3" : nil
  }
}

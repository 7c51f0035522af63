import ZoneKit

/// Services whose endpoint names anybody may claim once they were given up.
///
/// Source: the services listed as vulnerable by the project "can-i-take-over-xyz" and by the
/// services' own documentation, as known in November 2026. A service that binds names to accounts
/// for good, or that verifies the domain, is left out.
enum ClaimableServices {
  private static let domains: [(suffix: String, service: String)] = [
    ("elasticbeanstalk.com", "AWS Elastic Beanstalk"),
    ("azurewebsites.net", "Azure App Service"), ("cloudapp.net", "Azure Cloud Services"),
    ("cloudapp.azure.com", "Azure virtual machines"),
    ("trafficmanager.net", "Azure Traffic Manager"), ("azureedge.net", "Azure CDN"),
    ("blob.core.windows.net", "Azure Blob Storage"),
    ("azure-api.net", "Azure API Management"), ("azurehdinsight.net", "Azure HDInsight"),
    ("azurecontainer.io", "Azure Container Instances"),
    ("redis.cache.windows.net", "Azure Cache for Redis"),
    ("servicebus.windows.net", "Azure Service Bus"),
    ("search.windows.net", "Azure Cognitive Search"),
    ("github.io", "GitHub Pages"), ("bitbucket.io", "Bitbucket Cloud"),
    ("herokuapp.com", "Heroku"), ("readthedocs.io", "Read the Docs"),
    ("ghost.io", "Ghost"), ("surge.sh", "Surge"), ("ngrok.io", "ngrok"),
    ("wordpress.com", "WordPress.com"), ("helpscoutdocs.com", "Help Scout"),
    ("helpjuice.com", "Helpjuice"), ("netlify.app", "Netlify"),
    ("uservoice.com", "UserVoice"), ("pantheonsite.io", "Pantheon"),
    ("statuspage.io", "Statuspage"), ("launchrock.com", "LaunchRock"),
    ("agilecrm.com", "Agile CRM"), ("bigcartel.com", "Big Cartel"),
  ]

  private static let byName: [(name: Name, service: String)] = domains.compactMap { domain in
    (try? Name(parsing: domain.suffix, origin: .root)).map { ($0, domain.service) }
  }

  /// The service that `name` is an endpoint of.
  static func service(of name: Name) -> String? {
    if let found = byName.first(where: { name.isBelow($0.name) }) { return found.service }
    // S3 names its website endpoints bucket.s3-website-REGION or bucket.s3-website.REGION.
    let labels = name.labels.map { String(decoding: $0, as: UTF8.self).lowercased() }
    guard labels.suffix(2) == ["amazonaws", "com"] else { return nil }
    return labels.contains { $0 == "s3" || $0.hasPrefix("s3-") } ? "Amazon S3" : nil
  }
}

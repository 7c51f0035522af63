public import ArgumentParser
public import Diagnostics
public import Migration
public import Route53
public import Runbook

// Values of the libraries that options take by name.

extension ParentDS: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension SOAPolicy: ExpressibleByArgument {}
extension TTLPolicy: ExpressibleByArgument {}
extension Translation.UnsupportedPolicy: ExpressibleByArgument {}
extension AliasPolicy: ExpressibleByArgument {}

#!/usr/bin/env python3
"""octoDNS plans a zone file into a new Route 53 zone, and prints how many changes it plans.

The program as its users run it without --doit: its manager, the zone file as source, Route 53 as
target. The client of the service is a stand-in that knows no zone, so nothing is asked of anybody.
"""

import sys
import tempfile
from pathlib import Path

from octodns.manager import Manager
from octodns_route53 import Route53Provider


class EmptyAccount:
    """As much of the service's client as a plan for a zone that is not there yet asks."""

    def list_hosted_zones(self, **_):
        return {"HostedZones": [], "IsTruncated": False}

    def list_health_checks(self, **_):
        return {"HealthChecks": [], "IsTruncated": False}


class Count:
    """In the place of what prints a plan: prints how many changes it holds."""

    def run(self, plans, **_):
        print(sum(len(plan.changes) for _, plan in plans), "changes")


def main():
    file = Path(sys.argv[1]).resolve()
    zone = file.stem + "."
    Route53Provider.client = lambda *_, **__: EmptyAccount()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "octodns.yaml"
        config.write_text(f"""
providers:
  file: {{class: octodns_bind.ZoneFileSource, directory: "{file.parent}", file_extension: .zone}}
  route53: {{class: octodns_route53.Route53Provider, access_key_id: none, secret_access_key: none, strict_supports: false}}
zones:
  {zone}: {{sources: [file], targets: [route53], lenient: true}}
""")
        manager = Manager(str(config))
        manager.plan_outputs = {"count": Count()}
        manager.sync(dry_run=True)


if __name__ == "__main__":
    main()

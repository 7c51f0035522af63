"""Tests of the replay model: what it takes and what it refuses."""

import copy
import unittest

import replay
from replay import HostedZone, Refused

ZONE_ID = "Z0EXAMPLE"


def records(owner, record_type, *texts, ttl=300, **members):
    return dict({"Name": owner, "Type": record_type, "TTL": ttl,
                 "ResourceRecords": [{"Value": t} for t in texts]}, **members)


def alias(owner, record_type, target, zone=ZONE_ID, health=False, **members):
    return dict({"Name": owner, "Type": record_type, "AliasTarget": {
        "HostedZoneId": zone, "DNSName": target, "EvaluateTargetHealth": health}}, **members)


def batch(*changes):
    return {"Changes": [{"Action": a, "ResourceRecordSet": s} for a, s in changes]}


def texts_of(count, length):
    """TXT values with `length` characters each, all different."""
    return [f'"{i:05d}{"x" * (length - 7)}"' for i in range(count)]


class ModelTest(unittest.TestCase):
    def setUp(self):
        self.zone = HostedZone(replay.new_zone("example.com"), ZONE_ID)

    def take(self, *changes):
        self.zone.apply(batch(*changes))

    def refuse(self, reason, *changes):
        before = copy.deepcopy(self.zone.sets)
        with self.assertRaisesRegex(Refused, reason):
            self.zone.apply(batch(*changes))
        self.assertEqual(self.zone.sets, before, "a refused request changed the zone")


class Limits(ModelTest):
    def hosts(self, count):
        return [("CREATE", records(f"h{i}.example.com.", "A", "192.0.2.1"))
                for i in range(count)]

    def test_1000_creates_are_taken_and_1001_are_not(self):
        self.refuse("1000 exceeded: 1001", *self.hosts(1001))
        self.take(*self.hosts(1000))

    def test_upsert_counts_twice(self):
        upserts = [("UPSERT", s) for _, s in self.hosts(501)]
        self.refuse("1000 exceeded: 1002", *upserts)
        self.take(*upserts[:500])

    def test_an_alias_counts_as_one(self):
        hosts = self.hosts(999)
        one = ("CREATE", alias("alias.example.com.", "A", "h1.example.com."))
        two = ("CREATE", alias("alias2.example.com.", "A", "h1.example.com."))
        self.refuse("1000 exceeded: 1001", *hosts, one, two)
        self.take(*hosts, one)

    def test_32000_characters_are_taken_and_32001_are_not(self):
        texts = texts_of(128, 250)
        self.refuse("32000 exceeded: 32001", ("CREATE", records(
            "t.example.com.", "TXT", *texts[:127], texts[127][:-1] + 'y"')))
        self.take(("CREATE", records("t.example.com.", "TXT", *texts)))

    def test_characters_of_upsert_count_twice(self):
        texts = texts_of(64, 250)
        self.take(("UPSERT", records("t.example.com.", "TXT", *texts)))
        self.refuse("32000 exceeded", ("UPSERT", records("t.example.com.", "TXT", *texts,
                                                         '""')))

    def test_401_values(self):
        addresses = [f"192.0.{i // 250}.{i % 250}" for i in range(401)]
        self.refuse("401 values", ("CREATE", records("a.example.com.", "A", *addresses)))
        self.take(("CREATE", records("a.example.com.", "A", *addresses[:400])))

    def test_comment_of_257_characters(self):
        change = batch(*self.hosts(1))
        with self.assertRaisesRegex(Refused, "Comment"):
            self.zone.apply(dict(change, Comment="x" * 257))
        self.zone.apply(dict(change, Comment="x" * 256))


class Requests(ModelTest):
    def test_a_refused_request_changes_nothing(self):
        self.refuse("already exists",
                    ("CREATE", records("a.example.com.", "A", "192.0.2.1")),
                    ("CREATE", records("A.example.com", "A", "192.0.2.2")))

    def test_create_of_what_is_there(self):
        self.take(("CREATE", records("a.example.com.", "A", "192.0.2.1")))
        self.refuse("already exists", ("CREATE", records("a.example.com.", "A", "192.0.2.1")))
        self.take(("UPSERT", records("a.example.com.", "A", "192.0.2.2")))

    def test_delete_repeats_ttl_and_values(self):
        there = records("a.example.com.", "A", "192.0.2.1", "192.0.2.2")
        self.take(("CREATE", there))
        self.refuse("do not match", ("DELETE", dict(there, TTL=60)))
        self.refuse("do not match", ("DELETE", records("a.example.com.", "A", "192.0.2.1")))
        self.refuse("do not match", (
            "DELETE", records("a.example.com.", "A", "192.0.2.1", "192.0.2.3")))
        self.take(("DELETE", records("A.EXAMPLE.com", "A", "192.0.2.2", "192.0.2.1")))

    def test_delete_of_joined_strings(self):
        self.take(("CREATE", records("t.example.com.", "TXT", '"one" "two"')))
        self.refuse("do not match", ("DELETE", records("t.example.com.", "TXT", '"onetwo"')))

    def test_delete_of_nothing(self):
        self.refuse("not found", ("DELETE", records("a.example.com.", "A", "192.0.2.1")))

    def test_a_type_swap_goes_in_order(self):
        a = records("www.example.com.", "A", "192.0.2.1")
        cname = records("www.example.com.", "CNAME", "web.example.com.")
        self.take(("CREATE", a))
        self.refuse("conflicts", ("CREATE", cname), ("DELETE", a))
        self.take(("DELETE", a), ("CREATE", cname))
        self.refuse("conflicts", ("UPSERT", a))
        self.take(("DELETE", cname), ("CREATE", a))

    def test_no_changes(self):
        self.refuse("no changes")


class Names(ModelTest):
    def test_case_final_dot_and_octal_escapes_do_not_distinguish(self):
        self.take(("CREATE", records("*.Example.COM", "A", "192.0.2.1")))
        self.refuse("already exists", (
            "CREATE", records("\\052.example.com.", "A", "192.0.2.1")))

    def test_an_escaped_dot_stays_in_its_label(self):
        self.take(("CREATE", records("a\\056b.example.com.", "A", "192.0.2.1")),
                  ("CREATE", records("a.b.example.com.", "A", "192.0.2.1")))
        self.assertIn(((b"a.b", b"example", b"com"), "A", None), self.zone.sets)

    def test_escapes_are_octal(self):
        self.assertEqual(replay.name("0\\05725.example."), (b"0/25", b"example"))
        self.refuse("octal", ("CREATE", records("a\\089.example.com.", "A", "192.0.2.1")))

    def test_lengths(self):
        self.refuse("label of 64", (
            "CREATE", records("x" * 64 + ".example.com.", "A", "192.0.2.1")))
        # On the wire: three labels of 64 octets, one of 50, and 13 for example.com. make 255.
        longest = ("x" * 63 + ".") * 3 + "x" * 49
        self.take(("CREATE", records(longest + ".example.com.", "A", "192.0.2.1")))
        self.refuse("255 octets", (
            "CREATE", records(longest + "x.example.com.", "A", "192.0.2.1")))
        self.refuse("label of 0", ("CREATE", records("a..example.com.", "A", "192.0.2.1")))

    def test_another_zone(self):
        self.refuse("not in zone", ("CREATE", records("a.example.org.", "A", "192.0.2.1")))
        self.refuse("not in zone", ("CREATE", records("aexample.com.", "A", "192.0.2.1")))


class Apex(ModelTest):
    def test_ns_and_soa_stay(self):
        ns, soa = replay.new_zone("example.com")
        self.refuse("exactly one SOA", ("DELETE", soa))
        self.refuse("at least one NS", ("DELETE", ns))
        self.take(("UPSERT", dict(ns, TTL=300)))
        self.take(("DELETE", dict(ns, TTL=300)), ("CREATE", ns))

    def test_no_cname(self):
        self.refuse("at the apex", ("CREATE", records("example.com.", "CNAME", "a.example.")))

    def test_soa_elsewhere(self):
        soa = replay.new_zone("example.com")[1]
        self.refuse("only for the apex", ("CREATE", dict(soa, Name="a.example.com.")))

    def test_wildcard_ns(self):
        self.refuse("wildcard NS", (
            "CREATE", records("\\052.example.com.", "NS", "ns.example.")))


class Values(ModelTest):
    def test_types_of_the_service(self):
        for record_type, text in (("LOC", "52 22 23.000 N 4 53 32.000 E -2.00m"),
                                  ("DNAME", "a.example."), ("URI", '10 1 "a"')):
            self.refuse("takes no", ("CREATE", records("a.example.com.", record_type, text)))
        for record_type, text in (
                ("AAAA", "2001:db8::1"), ("CAA", '0 issue "ca.example"'), ("PTR", "a.example"),
                ("DS", "1 13 2 " + "ab" * 32), ("HTTPS", '1 . alpn="h2,h3"'),
                ("MX", "0 ."), ("NAPTR", '1 2 "u" "E2U+sip" "" a.example.'),
                ("SRV", "1 2 3 a.example."), ("SSHFP", "4 2 " + "ab" * 32),
                ("TLSA", "3 1 1 " + "ab" * 32), ("SPF", '"v=spf1 -all"')):
            self.take(("CREATE", records(f"{record_type}.example.com.", record_type, text)))

    def test_values_that_cannot_be_read(self):
        for record_type, text in (
                ("A", "192.0.2.256"), ("A", "192.0.2.1 "  "192.0.2.2"), ("AAAA", "192.0.2.1"),
                ("MX", "mail.example."), ("MX", "65536 mail.example."), ("TXT", "no quotes"),
                ("TXT", '"open'), ("TXT", '"' + "x" * 256 + '"'), ("DS", "1 13 2 abc"),
                ("CAA", "0 issue ca.example"), ("CNAME", "")):
            with self.subTest(text):
                self.refuse("", ("CREATE", records("a.example.com.", record_type, text)))

    def test_duplicates_by_meaning(self):
        self.refuse("Duplicate", ("CREATE", records("a.example.com.", "AAAA",
                                                    "2001:db8::1", "2001:DB8:0::1")))
        self.refuse("Duplicate", ("CREATE", records("a.example.com.", "MX",
                                                    "10 m.example", "10 M.example.")))

    def test_one_cname(self):
        self.refuse("one value", (
            "CREATE", records("a.example.com.", "CNAME", "b.example.", "c.example.")))

    def test_ttl(self):
        for ttl in (-1, 2**31, "300", True):
            self.refuse("TTL", ("CREATE", records("a.example.com.", "A", "192.0.2.1", ttl=ttl)))
        self.take(("CREATE", records("a.example.com.", "A", "192.0.2.1", ttl=2**31 - 1)))

    def test_exactly_one_form(self):
        both = dict(records("a.example.com.", "A", "192.0.2.1"),
                    TrafficPolicyInstanceId="11111111-2222-3333-4444-555555555555")
        self.refuse("exactly one of", ("CREATE", both))
        self.refuse("exactly one of", ("CREATE", {"Name": "a.example.com.", "Type": "A"}))
        self.refuse("exactly one of", ("CREATE", dict(
            alias("a.example.com.", "A", "b.example.", zone="Z2"), TTL=300)))


class Aliases(ModelTest):
    def test_targets_come_first(self):
        target = ("CREATE", records("a.example.com.", "A", "192.0.2.1"))
        pointer = ("CREATE", alias("b.example.com.", "A", "a.example.com."))
        self.refuse("target was not found", pointer, target)
        self.take(target, pointer)

    def test_target_of_another_type(self):
        self.refuse("target was not found",
                    ("CREATE", records("a.example.com.", "A", "192.0.2.1")),
                    ("CREATE", alias("b.example.com.", "AAAA", "a.example.com.")))

    def test_target_deleted_under_an_alias(self):
        target = records("a.example.com.", "A", "192.0.2.1")
        pointer = alias("b.example.com.", "A", "a.example.com.")
        self.take(("CREATE", target), ("CREATE", pointer))
        self.refuse("alias target is deleted", ("DELETE", target))
        self.take(("DELETE", pointer), ("DELETE", target))

    def test_target_elsewhere(self):
        self.take(("CREATE", alias("example.com.", "A", "d1.cloudfront.net.",
                                   zone=replay.CLOUDFRONT_ZONE)))
        self.refuse("CloudFront", ("UPSERT", alias(
            "example.com.", "A", "d1.cloudfront.net.", zone=replay.CLOUDFRONT_ZONE,
            health=True)))
        self.refuse("does not lie", ("CREATE", alias("b.example.com.", "A", "a.example.")))

    def test_itself(self):
        self.take(("CREATE", records("a.example.com.", "A", "192.0.2.1")))
        self.refuse("itself", ("UPSERT", alias("a.example.com.", "A", "a.example.com.")))

    def test_beside_cname(self):
        self.refuse("conflicts", ("CREATE", records("a.example.com.", "CNAME", "b.example.")),
                    ("CREATE", alias("a.example.com.", "A", "d1.cloudfront.net.", zone="Z2")))


class Policies(ModelTest):
    def weighted(self, identifier, ttl=60):
        return records("w.example.com.", "A", "192.0.2.1", ttl=ttl, SetIdentifier=identifier,
                       Weight=1)

    def test_set_identifier_goes_with_a_policy(self):
        one = self.weighted("one")
        self.refuse("SetIdentifier", (
            "CREATE", {k: v for k, v in one.items() if k != "SetIdentifier"}))
        self.refuse("SetIdentifier", ("CREATE", {k: v for k, v in one.items() if k != "Weight"}))
        self.refuse("SetIdentifier", ("CREATE", dict(one, Region="eu-west-1")))
        self.refuse("1 to 128", ("CREATE", dict(one, SetIdentifier="x" * 129)))

    def test_weighted_sets_share_one_ttl_at_the_end_of_a_request(self):
        self.take(("CREATE", self.weighted("one")), ("CREATE", self.weighted("two")))
        self.refuse("same TTL", ("UPSERT", self.weighted("one", ttl=30)))
        self.take(("UPSERT", self.weighted("one", ttl=30)),
                  ("UPSERT", self.weighted("two", ttl=30)))

    def test_simple_and_weighted_do_not_mix(self):
        simple = records("w.example.com.", "A", "192.0.2.9")
        one = self.weighted("one")
        self.take(("CREATE", one))
        self.refuse("another routing policy", ("CREATE", simple))
        self.refuse("another routing policy", ("CREATE", simple), ("DELETE", one))
        self.take(("DELETE", one), ("CREATE", simple))

    def test_identifiers_are_kept_apart(self):
        one, two = self.weighted("one"), self.weighted("two")
        self.take(("CREATE", one), ("CREATE", two))
        self.refuse("already exists", ("CREATE", one))
        self.take(("DELETE", one))
        self.assertIn(replay.key(two), self.zone.sets)

    def test_one_primary_and_one_set_a_region(self):
        for member, value in (("Failover", "PRIMARY"), ("Region", "eu-west-1")):
            owner = f"{member}.example.com."
            first = records(owner, "A", "192.0.2.1", SetIdentifier="1", **{member: value})
            second = records(owner, "A", "192.0.2.2", SetIdentifier="2", **{member: value})
            self.refuse(f"same {member}", ("CREATE", first), ("CREATE", second))

    def test_simple_only(self):
        self.refuse("simple only", ("CREATE", records(
            "a.example.com.", "NS", "ns.example.", SetIdentifier="1", Weight=1)))

    def test_multivalue_cname(self):
        self.refuse("multivalue", ("CREATE", records(
            "a.example.com.", "CNAME", "b.example.", SetIdentifier="1", MultiValueAnswer=True)))


class Differences(ModelTest):
    def test_order_dots_and_case_are_no_difference(self):
        self.take(("CREATE", records("a.example.com.", "MX", "10 a.example.", "20 b.example.")))
        wanted = replay.new_zone("example.com") + [
            records("A.example.com", "MX", "20 B.example", "10 a.example")]
        self.assertEqual(self.zone.differences(wanted), [])

    def test_no_hosted_zone_of_the_root(self):
        for root in (".", ""):
            with self.assertRaisesRegex(replay.Unusable, "root zone"):
                replay.new_zone(root)

    def test_what_differs_is_named(self):
        self.take(("CREATE", records("a.example.com.", "A", "192.0.2.1")),
                  ("CREATE", records("b.example.com.", "A", "192.0.2.1")))
        wanted = replay.new_zone("example.com") + [
            records("b.example.com.", "A", "192.0.2.1", ttl=60),
            records("c.example.com.", "TXT", '"one" "two"')]
        lines = self.zone.differences(wanted)
        self.assertEqual([line.split(": ")[0] for line in lines], [
            "a.example.com. A", "b.example.com. A", "c.example.com. TXT"])

    def test_strings_cut_elsewhere_differ(self):
        self.take(("CREATE", records("t.example.com.", "TXT", '"on" "etwo"')))
        wanted = replay.new_zone("example.com") + [
            records("t.example.com.", "TXT", '"one" "two"')]
        self.assertEqual(len(self.zone.differences(wanted)), 1)

    def test_apex_can_be_left_out(self):
        wanted = replay.new_zone("example.com")
        wanted[0] = dict(wanted[0], TTL=300)
        self.assertEqual(len(self.zone.differences(wanted)), 1)
        self.assertEqual(self.zone.differences(wanted, without_apex=True), [])


if __name__ == "__main__":
    unittest.main()

variable "zone_id" {
  type = string
}

resource "aws_route53_record" "example_com__A" {
  zone_id = var.zone_id
  name    = "example.com"
  type    = "A"
  alias {
    name                   = "d1.cloudfront.net."
    zone_id                = "Z2FDTNDATAQYW2"
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "example_com__AAAA" {
  zone_id = var.zone_id
  name    = "example.com"
  type    = "AAAA"
  alias {
    name                   = "d1.cloudfront.net."
    zone_id                = "Z2FDTNDATAQYW2"
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "example_com__CAA" {
  zone_id = var.zone_id
  name    = "example.com"
  type    = "CAA"
  ttl     = 300
  records = ["0 issue \"letsencrypt.org; policy=ev\""]
}

resource "aws_route53_record" "example_com__MX" {
  zone_id = var.zone_id
  name    = "example.com"
  type    = "MX"
  ttl     = 300
  records = ["10 mail.example.com.", "20 mail.example.net."]
}

resource "aws_route53_record" "example_com__TXT" {
  zone_id = var.zone_id
  name    = "example.com"
  type    = "TXT"
  ttl     = 300
  records = ["v=spf1 -all\" \"more"]
}

resource "aws_route53_record" "wildcard__052_example_com__CNAME" {
  zone_id = var.zone_id
  name    = "*.example.com"
  type    = "CNAME"
  ttl     = 300
  records = ["www.example.com."]
}

resource "aws_route53_record" "_443__tcp_example_com__TLSA" {
  zone_id = var.zone_id
  name    = "_443._tcp.example.com"
  type    = "TLSA"
  ttl     = 300
  records = ["3 1 1 ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB"]
}

resource "aws_route53_record" "_sip__tcp_example_com__SRV" {
  zone_id = var.zone_id
  name    = "_sip._tcp.example.com"
  type    = "SRV"
  ttl     = 300
  records = ["1 2 3 sip.example.com."]
}

resource "aws_route53_record" "a_056b_example_com__TXT" {
  zone_id = var.zone_id
  name    = "a\\056b.example.com"
  type    = "TXT"
  ttl     = 300
  records = ["dot \\\" quote $${x} %%{y} \\310"]
}

resource "aws_route53_record" "a_057b_example_com__TXT" {
  zone_id = var.zone_id
  name    = "a\\057b.example.com"
  type    = "TXT"
  ttl     = 300
  records = ["slash"]
}

resource "aws_route53_record" "c_example_com__A_One" {
  zone_id = var.zone_id
  name    = "c.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
  set_identifier = "One"
  cidr_routing_policy {
    collection_id = "c-1"
    location_name = "*"
  }
}

resource "aws_route53_record" "f_example_com__A_One" {
  zone_id = var.zone_id
  name    = "f.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
  set_identifier = "One"
  failover_routing_policy {
    type = "PRIMARY"
  }
}

resource "aws_route53_record" "g_example_com__A_One" {
  zone_id = var.zone_id
  name    = "g.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
  set_identifier = "One"
  geolocation_routing_policy {
    country = "US"
    subdivision = "WA"
  }
}

resource "aws_route53_record" "host10_example_com__A" {
  zone_id = var.zone_id
  name    = "host10.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.10"]
}

resource "aws_route53_record" "host2_example_com__A" {
  zone_id = var.zone_id
  name    = "host2.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.2"]
}

resource "aws_route53_record" "l_example_com__A_One" {
  zone_id = var.zone_id
  name    = "l.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
  set_identifier = "One"
  latency_routing_policy {
    region = "eu-west-1"
  }
}

resource "aws_route53_record" "m_example_com__A_One" {
  zone_id = var.zone_id
  name    = "m.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
  set_identifier = "One"
  multivalue_answer_routing_policy = true
}

resource "aws_route53_record" "naptr_example_com__NAPTR" {
  zone_id = var.zone_id
  name    = "naptr.example.com"
  type    = "NAPTR"
  ttl     = 300
  records = ["1 2 \"u\" \"E2U+sip\" \"!^.*$!sip:x@example.com!\" ."]
}

resource "aws_route53_record" "own_example_com__A" {
  zone_id = var.zone_id
  name    = "own.example.com"
  type    = "A"
  alias {
    name                   = "www.example.com."
    zone_id                = "ZSELF"
    evaluate_target_health = true
  }
}

resource "aws_route53_record" "p_example_com__A_One" {
  zone_id = var.zone_id
  name    = "p.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
  set_identifier = "One"
  geoproximity_routing_policy {
    bias = 5
    coordinates {
      latitude = "49.22"
      longitude = "-74.01"
    }
  }
}

resource "aws_route53_record" "ssh_example_com__SSHFP" {
  zone_id = var.zone_id
  name    = "ssh.example.com"
  type    = "SSHFP"
  ttl     = 300
  records = ["4 2 CDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCD"]
}

resource "aws_route53_record" "sub_example_com__DS" {
  zone_id = var.zone_id
  name    = "sub.example.com"
  type    = "DS"
  ttl     = 300
  records = ["1 13 2 EFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEFEF"]
}

resource "aws_route53_record" "sub_example_com__NS" {
  zone_id = var.zone_id
  name    = "sub.example.com"
  type    = "NS"
  ttl     = 300
  records = ["ns1.example.net."]
}

resource "aws_route53_record" "svc_example_com__HTTPS" {
  zone_id = var.zone_id
  name    = "svc.example.com"
  type    = "HTTPS"
  ttl     = 300
  records = ["1 . alpn=\"h2\""]
}

resource "aws_route53_record" "w_example_com__A_One" {
  zone_id = var.zone_id
  name    = "w.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
  health_check_id = "h"
  set_identifier = "One"
  weighted_routing_policy {
    weight = 1
  }
}

resource "aws_route53_record" "www_example_com__A" {
  zone_id = var.zone_id
  name    = "www.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.1"]
}

resource "aws_route53_record" "www_example_com__AAAA" {
  zone_id = var.zone_id
  name    = "www.example.com"
  type    = "AAAA"
  ttl     = 300
  records = ["2001:db8::1"]
}

resource "aws_route53_record" "wildcard__052_x_example_com__A" {
  zone_id = var.zone_id
  name    = "*.x.example.com"
  type    = "A"
  ttl     = 300
  records = ["192.0.2.9"]
}

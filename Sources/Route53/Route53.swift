// Route53

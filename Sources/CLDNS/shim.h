// stdbool first: without it the predicates of libldns import as Int8.
#include <stdbool.h>

#include <ldns/ldns.h>

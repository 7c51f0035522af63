// What the system offers only as extensions that Swift does not see.
#ifndef CPLATFORM_H
#define CPLATFORM_H

#include "caches.h"
#include "datagrams.h"
#include "exchange.h"
#include "heap.h"
#include "processors.h"
#include "writing.h"

#endif

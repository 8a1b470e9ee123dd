package io.sluice.http.api;

/** A route as one event loop serves it. */
record ServedRoute(Route route, Endpoint endpoint, RouteMeters meters) {}

/** Listening sockets: several addresses and several event loops behind one port. */
@NullMarked
package io.sluice.http.listen;

import org.jspecify.annotations.NullMarked;

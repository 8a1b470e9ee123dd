/** From flags, environment and file to {@link io.sluice.app.settings.Settings}; nothing else parses a setting. */
@NullMarked
package io.sluice.app.settings;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.sipring.app;

import org.jspecify.annotations.NullMarked;

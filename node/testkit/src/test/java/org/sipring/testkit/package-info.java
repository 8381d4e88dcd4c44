@NullMarked
package org.sipring.testkit;

import org.jspecify.annotations.NullMarked;

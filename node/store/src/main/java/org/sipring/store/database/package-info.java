/** A replica's database: SQLite, which no other package sees. */
@NullMarked
package org.sipring.store.database;

import org.jspecify.annotations.NullMarked;

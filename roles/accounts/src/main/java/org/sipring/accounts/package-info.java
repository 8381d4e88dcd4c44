/**
 * The people of the platform as the durable store keeps them: whose an address is, how they prove themselves, and what
 * becomes of calls to them. Shared by the roles that serve them.
 */
@NullMarked
package org.sipring.accounts;

import org.jspecify.annotations.NullMarked;

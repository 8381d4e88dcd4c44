package org.sipring.proxy.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the hashes that this process computes, until it is closed: a provider of Java's before all others. */
final class Hashes extends Provider implements AutoCloseable {
    private static final String OWN = "CountingHashes";
    private static final Provider REAL = Security.getProvider("SUN");

    private final transient AtomicInteger computed = new AtomicInteger();

    Hashes() {
        super(OWN, "1", "counts");
        for (String algorithm : List.of("MD5", "SHA-256", "SHA-512/256")) {
            putService(new Counted(this, algorithm, computed));
        }
        Security.insertProviderAt(this, 1);
    }

    /** How many hashes something takes. */
    int of(Runnable task) {
        int before = computed.get();
        task.run();
        return computed.get() - before;
    }

    @Override
    public void close() {
        Security.removeProvider(OWN);
    }

    private static final class Counted extends Service {
        private final AtomicInteger computed;

        Counted(Provider provider, String algorithm, AtomicInteger computed) {
            super(provider, "MessageDigest", algorithm, Spi.class.getName(), List.of(), Map.of());
            this.computed = computed;
        }

        @Override
        public Object newInstance(Object parameter) {
            try {
                return new Spi(MessageDigest.getInstance(getAlgorithm(), REAL), computed);
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static final class Spi extends MessageDigestSpi {
        private final MessageDigest real;
        private final AtomicInteger counter;

        Spi(MessageDigest real, AtomicInteger counter) {
            this.real = real;
            this.counter = counter;
        }

        @Override
        protected void engineUpdate(byte input) {
            real.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            real.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            counter.incrementAndGet();
            return real.digest();
        }

        @Override
        protected void engineReset() {
            real.reset();
        }
    }
}

package org.sipring.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.Refusal;
import org.sipring.overlay.forming.OverlayRefusedException;

/** What a failure says to the person at the keyboard. Pure. */
final class Complaint {
    private Complaint() {}

    /**
     * Finds words for what a user can mend.
     *
     * @param failure what ended a command
     * @return lines; none for a bug, which shows where it happened instead
     */
    static List<String> of(Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause != null && onlyCarries(failure, cause)) {
            return of(cause);
        }
        if (failure instanceof Refusal refusal) {
            return refusal.mistakes();
        }
        if (failure instanceof FileSystemException file) {
            return List.of("cannot use " + file.getFile() + ": " + trouble(file));
        }
        boolean expected = failure instanceof CommandFailure
                || failure instanceof OverlayRefusedException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException;
        return expected ? List.of(message(failure)) : List.of();
    }

    private static boolean onlyCarries(Throwable failure, Throwable cause) {
        return failure instanceof ExecutionException
                || failure instanceof CompletionException
                || (failure instanceof UncheckedIOException && message(failure).equals(cause.toString()));
    }

    /** Of these exceptions the message is the file's name alone. */
    private static String trouble(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it is there already, and is no folder";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        String reason = failure.getReason();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    private static String message(Throwable failure) {
        String text = failure.getMessage();
        return text == null ? failure.getClass().getSimpleName() : text;
    }
}

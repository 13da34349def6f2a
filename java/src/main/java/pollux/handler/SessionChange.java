package pollux.handler;

import pollux.session.Session;

/**
 * What a program wants changed in its visitor's session.
 *
 * @param name the entry's name; empty for all of them, when they are cleared
 * @param value the entry's new value, or {@code null} to take it away
 */
public record SessionChange(String name, String value) {
    /**
     * Makes the change.
     *
     * @return false when it would pass a bound of the session: nothing has changed then
     */
    public boolean applyTo(Session session) {
        if (value == null) {
            session.clear(name);
            return true;
        }
        return session.set(name, value);
    }
}

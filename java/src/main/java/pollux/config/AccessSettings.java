package pollux.config;

/**
 * Who may come here: by address, by password, by both or by either. See nginx's pages on the access and the auth_basic module
 * and on {@code satisfy}.
 *
 * @param any whether one of the two is enough ({@code satisfy any})
 * @param rules by address; {@code null} for none
 * @param realm what a password is asked for, {@code off} when it is not; {@code null} where no password is asked for at all
 * @param userFile the file of names and passwords; {@code null} with no realm
 */
public record AccessSettings(boolean any, AccessRules rules, Template realm, Template userFile) {}

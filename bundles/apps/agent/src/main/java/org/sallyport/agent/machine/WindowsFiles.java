package org.sallyport.agent.machine;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Access control lists of Windows. Names of groups are of the machine's language, so groups are known by their SIDs. */
final class WindowsFiles {
    /** Everyone, anonymous, interactive, authenticated users, users, guests. */
    private static final List<String> ALL_USERS =
            List.of("S-1-1-0", "S-1-5-7", "S-1-5-4", "S-1-5-11", "S-1-5-32-545", "S-1-5-32-546");

    private static final Set<AclEntryPermission> CONTENT = EnumSet.of(
            AclEntryPermission.READ_DATA,
            AclEntryPermission.WRITE_DATA,
            AclEntryPermission.APPEND_DATA,
            AclEntryPermission.WRITE_ACL,
            AclEntryPermission.WRITE_OWNER);

    private WindowsFiles() {}

    /** A folder for who makes it, with all that is made in it; nothing comes from the folder above. */
    static void makeOwnersFolder(Path folder) throws IOException {
        UserPrincipal owner = folder.getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(Advapi32Util.getUserName());
        List<AclEntry> only = List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .setFlags(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)
                .build());
        Files.createDirectory(folder, new FileAttribute<List<AclEntry>>() {
            @Override
            public String name() {
                return "acl:acl";
            }

            @Override
            public List<AclEntry> value() {
                return only;
            }
        });
    }

    /** A group of all kinds of users that may read or write the file. */
    static Optional<String> openTo(Path file) throws IOException {
        List<AclEntry> entries =
                Files.getFileAttributeView(file, AclFileAttributeView.class).getAcl();
        UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
        for (String sid : ALL_USERS) {
            Optional<UserPrincipal> group = principal(names, sid);
            if (group.isPresent() && entries.stream().anyMatch(entry -> allows(entry, group.get()))) {
                return Optional.of(group.get().getName());
            }
        }
        return Optional.empty();
    }

    private static boolean allows(AclEntry entry, UserPrincipal group) {
        return entry.type() == AclEntryType.ALLOW
                && entry.principal().equals(group)
                && entry.permissions().stream().anyMatch(CONTENT::contains);
    }

    private static Optional<UserPrincipal> principal(UserPrincipalLookupService names, String sid) throws IOException {
        try {
            return Optional.of(names.lookupPrincipalByName(Advapi32Util.getAccountBySid(sid).fqn));
        } catch (Win32Exception e) {
            throw new IOException("The group %s of this machine cannot be looked up".formatted(sid), e);
        }
    }
}

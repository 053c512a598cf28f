/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which profile Thunderbird opens: the one that the section of its installation names; without such a
 * section the one with Default=1. A profile of ours for a Thunderbird that was never started is
 * taken over if its compatibility.ini names a version.
 */
#include "rst-thunderbird.h"

#include "rst-ini.h"

#include <string.h>

/* The folder of a profile that we make. */
#define FRESH "restante.default"

/* How Thunderbird is packed: where its profiles.ini is, below the home folder, and what is added to
 * the profile's name. A snap ignores the sections of installations. */
static const struct {
  const char *folder;
  const char *suffix;
  gboolean ignores_installs;
} roots[] = {
  { ".thunderbird", "", FALSE },
  { ".var/app/org.mozilla.Thunderbird/.thunderbird", " (Flatpak)", FALSE },
  { ".var/app/org.mozilla.thunderbird/.thunderbird", " (Flatpak)", FALSE },
  { "snap/thunderbird/common/.thunderbird", " (Snap)", TRUE },
};

/* Names of the sections of installations: hashes of /usr/lib/thunderbird, /usr/lib64/thunderbird and
 * /app/lib/thunderbird. */
static const char * const installs[] = {
  "InstallFDC34C9F024745EB",
  "Install3DDF446CE6CB1A45",
  "InstallBD520B11F73A6B64",
};

static char *
root_path (const RstPlaces *places,
           gsize            root)
{
  return g_build_filename (places->home, roots[root].folder, NULL);
}

static char *
ini_path (const RstPlaces *places,
          gsize            root)
{
  return g_build_filename (places->home, roots[root].folder, "profiles.ini", NULL);
}

static char *
profile_folder (const RstIni *ini,
                const char   *section,
                const char   *root)
{
  g_autofree char *path = rst_ini_get (ini, section, "Path");
  g_autofree char *relative = rst_ini_get (ini, section, "IsRelative");

  if (path == NULL || *path == '\0')
    return NULL;
  if (g_strcmp0 (relative, "0") != 0)
    return g_build_filename (root, path, NULL);
  return g_path_is_absolute (path) ? g_strdup (path) : NULL;
}

static gboolean
is_profile (const char *section)
{
  return g_str_has_prefix (section, "Profile") && g_ascii_isdigit (section[strlen ("Profile")]);
}

/* The path that an installation of Thunderbird has chosen. */
static char *
chosen_path (const RstIni *ini,
             GPtrArray    *sections)
{
  for (gsize i = 0; i < G_N_ELEMENTS (installs); i++)
    {
      char *path = rst_ini_get (ini, installs[i], "Default");

      if (path != NULL)
        return path;
    }
  for (guint i = 0; i < sections->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (sections, i), "Install"))
      {
        char *path = rst_ini_get (ini, g_ptr_array_index (sections, i), "Default");

        if (path != NULL)
          return path;
      }
  return NULL;
}

static void
add_file (GPtrArray  *paths,
          const char *folder,
          const char *name)
{
  g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
}

static void
add_files (GPtrArray  *paths,
           const char *folder)
{
  add_file (paths, folder, "prefs.js");
  add_file (paths, folder, "user.js");
  add_file (paths, folder, "compatibility.ini");
}

/**
 * rst_thunderbird_wants:
 * @places: the person's folders
 * @files: the files read so far
 * @paths: where to add paths
 *
 * See #RstClient.
 */
void
rst_thunderbird_wants (const RstPlaces *places,
                       const RstFiles  *files,
                       GPtrArray       *paths)
{
  g_autofree char *first = root_path (places, 0);
  g_autofree char *fresh = g_build_filename (first, FRESH, NULL);

  add_files (paths, fresh);
  for (gsize root = 0; root < G_N_ELEMENTS (roots); root++)
    {
      g_autofree char *ini_file = ini_path (places, root);
      g_autofree char *text = rst_files_dup_text (files, ini_file);
      g_autofree char *folder = root_path (places, root);
      g_autoptr (RstIni) ini = rst_ini_new (text);
      g_autoptr (GPtrArray) sections = rst_ini_list_sections (ini);

      g_ptr_array_add (paths, g_strdup (ini_file));
      for (guint i = 0; i < sections->len; i++)
        {
          const char *section = g_ptr_array_index (sections, i);
          g_autofree char *profile = is_profile (section) ? profile_folder (ini, section, folder) : NULL;

          if (profile != NULL)
            add_files (paths, profile);
        }
    }
}

static gboolean
was_started (const RstFiles *files,
             const char     *folder)
{
  g_autofree char *prefs = g_build_filename (folder, "prefs.js", NULL);

  return rst_files_get (files, prefs) != NULL;
}

static RstProfile *
make_profile (const char *id,
              const char *title,
              const char *folder)
{
  RstProfile *profile = rst_profile_new (id, title, folder);

  profile->lock = g_build_filename (folder, ".parentlock", NULL);
  return profile;
}

/* The profiles of one profiles.ini. Default=1 alone says little: Thunderbird's first start puts it on
 * an empty decoy, and opens the one that the installation names. */
static void
add_profiles (const RstPlaces *places,
              const RstFiles  *files,
              gsize            root,
              GPtrArray       *profiles)
{
  g_autofree char *ini_file = ini_path (places, root);
  g_autofree char *text = rst_files_dup_text (files, ini_file);
  g_autofree char *base = root_path (places, root);
  g_autoptr (RstIni) ini = rst_ini_new (text);
  g_autoptr (GPtrArray) sections = rst_ini_list_sections (ini);
  g_autofree char *chosen = roots[root].ignores_installs ? NULL : chosen_path (ini, sections);

  for (guint i = 0; i < sections->len; i++)
    {
      const char *section = g_ptr_array_index (sections, i);
      g_autofree char *folder = is_profile (section) ? profile_folder (ini, section, base) : NULL;
      g_autofree char *path = rst_ini_get (ini, section, "Path");
      g_autofree char *name = rst_ini_get (ini, section, "Name");
      g_autofree char *is_default = rst_ini_get (ini, section, "Default");
      g_autofree char *title = g_strconcat (name != NULL ? name : "", roots[root].suffix, NULL);
      g_autofree char *id = g_strconcat (path != NULL ? path : "", roots[root].suffix, NULL);
      RstProfile *profile;

      if (folder == NULL)
        continue;
      profile = make_profile (id, title, folder);
      profile->exists = was_started (files, folder);
      profile->is_default = chosen != NULL ? g_str_equal (path, chosen) : g_strcmp0 (is_default, "1") == 0;
      g_ptr_array_add (profiles, profile);
    }
}

static RstProfile *
find_default (GPtrArray *profiles)
{
  for (guint i = 0; i < profiles->len; i++)
    {
      RstProfile *profile = g_ptr_array_index (profiles, i);

      if (profile->is_default)
        return profile;
    }
  return NULL;
}

/* Exactly one profile is the default one: that of the first packing which has one. */
static void
settle_default (GPtrArray *profiles)
{
  RstProfile *chosen = find_default (profiles);

  for (guint i = 0; chosen == NULL && i < profiles->len; i++)
    {
      RstProfile *profile = g_ptr_array_index (profiles, i);

      if (profile->exists)
        chosen = profile;
    }
  if (chosen == NULL)
    chosen = g_ptr_array_index (profiles, 0);
  for (guint i = 0; i < profiles->len; i++)
    {
      RstProfile *profile = g_ptr_array_index (profiles, i);

      profile->is_default = profile == chosen;
    }
}

/**
 * rst_thunderbird_profiles:
 * @places: the person's folders
 * @files: the files read
 * @profiles: where to add the profiles
 *
 * See #RstClient.
 */
void
rst_thunderbird_profiles (const RstPlaces *places,
                          const RstFiles  *files,
                          GPtrArray       *profiles)
{
  g_autofree char *base = root_path (places, 0);
  g_autofree char *folder = g_build_filename (base, FRESH, NULL);
  guint first = profiles->len;

  for (gsize root = 0; root < G_N_ELEMENTS (roots); root++)
    add_profiles (places, files, root, profiles);
  if (profiles->len == first)
    {
      RstProfile *profile = make_profile (FRESH, "default", folder);

      profile->exists = FALSE;
      g_ptr_array_add (profiles, profile);
    }
  settle_default (profiles);
}

/**
 * rst_thunderbird_registration:
 * @places: the person's folders
 * @profile: a profile
 * @files: the files read
 * @path: (out): the path of profiles.ini
 *
 * What profiles.ini has to say so that Thunderbird opens @profile.
 *
 * Returns: (transfer full) (nullable): the new text; %NULL if @profile is in it already
 */
char *
rst_thunderbird_registration (const RstPlaces   *places,
                              const RstProfile  *profile,
                              const RstFiles    *files,
                              char             **path)
{
  g_autofree char *ini_file = ini_path (places, 0);
  g_autofree char *text = rst_files_dup_text (files, ini_file);
  g_autoptr (RstIni) ini = rst_ini_new (text);
  g_autoptr (GPtrArray) sections = rst_ini_list_sections (ini);

  for (guint i = 0; i < sections->len; i++)
    if (is_profile (g_ptr_array_index (sections, i)))
      return NULL;
  if (!g_str_equal (profile->id, FRESH))
    return NULL;
  *path = g_steal_pointer (&ini_file);
  rst_ini_set (ini, "Profile0", "Name", "default");
  rst_ini_set (ini, "Profile0", "IsRelative", "1");
  rst_ini_set (ini, "Profile0", "Path", FRESH);
  rst_ini_set (ini, "Profile0", "Default", "1");
  rst_ini_set (ini, "General", "StartWithLastProfile", "1");
  rst_ini_set (ini, "General", "Version", "2");
  return rst_ini_render (ini);
}

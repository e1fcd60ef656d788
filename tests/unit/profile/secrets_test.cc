#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "profile_text.h"

namespace fixdrill::profile {
namespace {

using testing::ElementsAre;

/// A folder of its own for one test.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "profile-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }

  std::string write(const std::string& name, const std::string& text, mode_t mode) const {
    auto path = (path_ / name).string();
    std::ofstream(path) << text;
    EXPECT_EQ(chmod(path.c_str(), mode), 0);
    return path;
  }
  std::string path(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// What a profile whose secret `pw` is `place` gives for it.
Result<std::string> value_of(const std::string& place, const SecretSources& sources) {
  auto loaded = load(source("environment = \"uat\"\n[secret]\npw = " + place, "desk/x.toml"));
  if (!loaded) return loaded.error();
  return resolve(loaded->secrets.at("pw"), sources);
}

SecretSources sources() {
  SecretSources all;
  all.env = [](const std::string& name) -> std::optional<std::string> {
    if (name == "SET") return "from env";
    if (name == "EMPTY") return "";
    return std::nullopt;
  };
  all.file = [](const std::string& path) -> Result<std::string> { return "held by " + path; };
  all.prompt = [](const std::string& question) -> Result<std::string> {
    return "answer to " + question;
  };
  return all;
}

TEST(Secrets, ComeFromWhereTheReferenceSays) {
  EXPECT_EQ(*value_of("{ env = \"SET\" }", sources()), "from env");
  EXPECT_EQ(*value_of("{ prompt = \"Code?\" }", sources()), "answer to Code?");
  EXPECT_EQ(*value_of("{ file = \"/run/pw\" }", sources()), "held by /run/pw");
}

TEST(Secrets, FilesAreRelativeToTheProfile) {
  EXPECT_EQ(*value_of("{ file = \"pw.txt\" }", sources()), "held by desk/pw.txt");
}

TEST(Secrets, SayWhichVariableIsMissing) {
  auto value = value_of("{ env = \"UNSET\" }", sources());
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(
      value.error().text,
      R"(desk/x.toml:3:14: error: environment variable UNSET is not set; it holds a secret of this profile
3 | pw = { env = "UNSET" }
  |              ^^^^^^^)");
}

TEST(Secrets, AreNeverEmpty) {
  auto value = value_of("{ env = \"EMPTY\" }", sources());
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(value.error().text, R"(desk/x.toml:3:14: error: this secret is empty
3 | pw = { env = "EMPTY" }
  |              ^^^^^^^)");
}

TEST(Secrets, SayThatNobodyCanBeAsked) {
  auto value = value_of("{ prompt = \"Code?\" }", {});
  ASSERT_FALSE(value.ok());
  EXPECT_EQ(
      value.error().text,
      R"(desk/x.toml:3:17: error: there is nobody to ask for this secret; give it as env or file
3 | pw = { prompt = "Code?" }
  |                 ^^^^^^^)");
}

TEST(SecretFile, GivesItsContentWithoutTheLastLineEnd) {
  TempFolder folder;
  EXPECT_EQ(*read_secret_file(folder.write("pw", "s3cret \n", 0600)), "s3cret ");
  EXPECT_EQ(*read_secret_file(folder.write("dos", "s3cret\r\n", 0400)), "s3cret");
}

TEST(SecretFile, IsRefusedWhenOthersCanReadIt) {
  TempFolder folder;
  for (mode_t mode : {0640, 0604, 0620, 0610}) {
    auto path = folder.write("pw" + std::to_string(mode), "s3cret", mode);
    auto value = read_secret_file(path);
    ASSERT_FALSE(value.ok()) << mode;
    EXPECT_EQ(value.error().text,
              path + " can be read or changed by others; type: chmod 600 " + path);
  }
}

TEST(SecretFile, SaysThatItIsNotThere) {
  TempFolder folder;
  auto path = folder.path("none");
  EXPECT_EQ(read_secret_file(path).error().text,
            "cannot read " + path + ": No such file or directory");
}

TEST(DenyFile, IsRead) {
  auto deny = load_deny_list(source("hosts = [\"a.example.com\"]\ncomp_ids = [\"LIVE\"]\n"));
  ASSERT_TRUE(deny.ok());
  EXPECT_THAT(deny->hosts, ElementsAre("a.example.com"));
  EXPECT_THAT(deny->comp_ids, ElementsAre("LIVE"));
}

TEST(DenyFile, SaysWhatIsWrong) {
  auto deny = load_deny_list(source("host = [\"a.example.com\"]\n", "/etc/fixdrill/deny.toml"));
  ASSERT_FALSE(deny.ok());
  EXPECT_EQ(
      deny.error().text,
      R"(/etc/fixdrill/deny.toml:1:1: error: a deny list has no key 'host'; did you mean hosts?
1 | host = ["a.example.com"]
  | ^^^^)");
}

TEST(DenyFile, MayBeMissing) {
  TempFolder folder;
  auto deny = read_deny_file(folder.path("deny.toml"));
  ASSERT_TRUE(deny.ok());
  EXPECT_TRUE(deny->hosts.empty());
}

TEST(DenyFile, BelongsToItsOwnerAlone) {
  TempFolder folder;
  auto path = folder.write("deny.toml", "hosts = [\"a.example.com\"]", 0644);
  auto deny = read_deny_file(path, getuid());
  ASSERT_TRUE(deny.ok()) << deny.error().text;
  EXPECT_THAT(deny->hosts, ElementsAre("a.example.com"));
  EXPECT_FALSE(read_deny_file(path, getuid() + 1).ok());
  folder.write("deny.toml", "", 0666);
  auto open = read_deny_file(path, getuid());
  ASSERT_FALSE(open.ok());
  EXPECT_EQ(open.error().kind, ErrorKind::environment);
  EXPECT_EQ(open.error().text, path + " does not belong to user " + std::to_string(getuid()) +
                                   " alone, so it guards nothing; correct its owner and mode");
}

}  // namespace
}  // namespace fixdrill::profile

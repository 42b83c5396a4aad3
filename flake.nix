{
  description = "See the loss mask of supervised fine-tuning: every token beside its bit";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      manifest = (nixpkgs.lib.importTOML ./Cargo.toml).package;
    in
    {
      packages = each (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = manifest.name;
          inherit (manifest) version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          # They start terminals and servers, which a build does not have.
          doCheck = false;
          postInstall = ''
            installManPage packaging/generated/maskview.1
            installShellCompletion --bash packaging/generated/maskview.bash \
              --zsh packaging/generated/_maskview --fish packaging/generated/maskview.fish
          '';
          meta = {
            inherit (manifest) description;
            license = pkgs.lib.licenses.asl20;
            mainProgram = "maskview";
          };
        };
      });

      devShells = each (pkgs: {
        default = pkgs.mkShell { packages = [ pkgs.cargo pkgs.clippy pkgs.rustc pkgs.rustfmt pkgs.python3 ]; };
      });
    };
}

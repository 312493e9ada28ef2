/// The program's version, as `--version`, `/health` and the providers' root documents tell it.
package let usherVersion = "0.1.0"

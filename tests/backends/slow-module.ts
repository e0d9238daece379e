/** A module that makes `first` at once, and `second` when the file `go` of the folder PLACE is there. */
export const SLOW = `
resource "terraform_data" "first" { input = "first" }
resource "terraform_data" "second" {
  depends_on = [terraform_data.first]
  provisioner "local-exec" {
    command = "touch $PLACE/started; while [ ! -e $PLACE/go ]; do sleep 0.05; done"
  }
}
output "first" { value = terraform_data.first.id }
`;

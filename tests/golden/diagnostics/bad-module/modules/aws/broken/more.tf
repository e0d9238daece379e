output "b" {
  value = 
}

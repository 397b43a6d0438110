-- The facts of the caller's branch, in the version that he expects, with their JSON text.
local function my_branch()
  local facts, text = load_facts(branch)
  expect_version('facts', facts, text)
  return facts, text
end

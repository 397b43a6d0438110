-- Every desk of a branch as it is.
-- keys: desks
local function desks_of(name)
  local states = {}
  for index, id in ipairs(branch_setting(name).desks) do
    states[index] = load_desk(name, id)
  end
  return states
end

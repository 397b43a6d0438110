-- The names after `prefix` among the fields of a settings table, in order.
local function each_of(fields, prefix)
  local names = {}
  for field in pairs(fields) do
    if string.sub(field, 1, #prefix) == prefix then
      names[#names + 1] = string.sub(field, #prefix + 1)
    end
  end
  table.sort(names)
  return names
end

-- The answer to a command; ticket, desk, facts, intent and lease are JSON text.
local function answer(parts)
  local line = {'{"offset":', offset, ',"at":', at}
  for _, name in ipairs({'ticket', 'desk', 'facts', 'intent', 'lease', 'ahead'}) do
    if parts[name] then
      line[#line + 1] = ',"' .. name .. '":' .. parts[name]
    end
  end
  line[#line + 1] = '}'
  return table.concat(line)
end

// SPDX-License-Identifier: GPL-2.0-only
#include "code/x86.h"

#include <Zydis/Zydis.h>

#include <algorithm>
#include <array>

namespace kapi::code {
namespace {

using Operands = std::array<ZydisDecodedOperand, ZYDIS_MAX_OPERAND_COUNT>;

uint8_t register_number(ZydisRegister reg) {
  const ZydisRegister whole = ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64, reg);
  if (ZydisRegisterGetClass(whole) != ZYDIS_REGCLASS_GPR64) {
    return kNoRegister;
  }
  return static_cast<uint8_t>(ZydisRegisterGetId(whole));
}

bool is_high_byte(ZydisRegister reg) {
  return reg == ZYDIS_REGISTER_AH || reg == ZYDIS_REGISTER_CH || reg == ZYDIS_REGISTER_DH ||
         reg == ZYDIS_REGISTER_BH;
}

Operand general_register(uint8_t number, unsigned width) {
  Operand operand;
  operand.kind = Operand::reg;
  operand.reg_index = number;
  operand.width = static_cast<uint8_t>(width);
  return operand;
}

Operand immediate(uint64_t value, unsigned width) {
  Operand operand;
  operand.kind = Operand::immediate;
  operand.width = static_cast<uint8_t>(width);
  operand.value = width >= 64 ? value : value & ((uint64_t{1} << width) - 1);
  return operand;
}

Operand memory(const ZydisDecodedOperandMem& mem, uint64_t next, unsigned width) {
  Operand operand;
  operand.kind = Operand::memory;
  operand.width = static_cast<uint8_t>(std::min(width, 64U));
  operand.displacement = mem.disp.has_displacement ? mem.disp.value : 0;
  if (mem.base == ZYDIS_REGISTER_RIP) {
    operand.displacement = static_cast<int64_t>(static_cast<uint64_t>(operand.displacement) + next);
  } else if (mem.base != ZYDIS_REGISTER_NONE) {
    operand.base = register_number(mem.base);
  }
  if (mem.index != ZYDIS_REGISTER_NONE) {
    operand.index = register_number(mem.index);
    operand.scale = mem.scale;
  }
  operand.segment = mem.segment == ZYDIS_REGISTER_GS || mem.segment == ZYDIS_REGISTER_FS;
  return operand;
}

Operand operand_of(const ZydisDecodedOperand& from, uint64_t next, unsigned width) {
  switch (from.type) {
    case ZYDIS_OPERAND_TYPE_REGISTER: {
      const uint8_t number = register_number(from.reg.value);
      if (number == kNoRegister) {
        return {};
      }
      Operand operand = general_register(number, from.size);
      operand.bit = is_high_byte(from.reg.value) ? 8 : 0;
      return operand;
    }
    case ZYDIS_OPERAND_TYPE_MEMORY:
      return memory(from.mem, next, from.size);
    case ZYDIS_OPERAND_TYPE_IMMEDIATE:
      return immediate(
          from.imm.is_signed ? static_cast<uint64_t>(from.imm.value.s) : from.imm.value.u, width);
    default:
      return {};
  }
}

Condition condition_of(ZydisMnemonic mnemonic) {
  switch (mnemonic) {
    case ZYDIS_MNEMONIC_JZ:
    case ZYDIS_MNEMONIC_SETZ:
    case ZYDIS_MNEMONIC_CMOVZ:
      return Condition::equal;
    case ZYDIS_MNEMONIC_JNZ:
    case ZYDIS_MNEMONIC_SETNZ:
    case ZYDIS_MNEMONIC_CMOVNZ:
      return Condition::not_equal;
    case ZYDIS_MNEMONIC_JB:
    case ZYDIS_MNEMONIC_SETB:
    case ZYDIS_MNEMONIC_CMOVB:
      return Condition::below;
    case ZYDIS_MNEMONIC_JBE:
    case ZYDIS_MNEMONIC_SETBE:
    case ZYDIS_MNEMONIC_CMOVBE:
      return Condition::below_equal;
    case ZYDIS_MNEMONIC_JNBE:
    case ZYDIS_MNEMONIC_SETNBE:
    case ZYDIS_MNEMONIC_CMOVNBE:
      return Condition::above;
    case ZYDIS_MNEMONIC_JNB:
    case ZYDIS_MNEMONIC_SETNB:
    case ZYDIS_MNEMONIC_CMOVNB:
      return Condition::above_equal;
    case ZYDIS_MNEMONIC_JL:
    case ZYDIS_MNEMONIC_SETL:
    case ZYDIS_MNEMONIC_CMOVL:
      return Condition::less;
    case ZYDIS_MNEMONIC_JLE:
    case ZYDIS_MNEMONIC_SETLE:
    case ZYDIS_MNEMONIC_CMOVLE:
      return Condition::less_equal;
    case ZYDIS_MNEMONIC_JNLE:
    case ZYDIS_MNEMONIC_SETNLE:
    case ZYDIS_MNEMONIC_CMOVNLE:
      return Condition::greater;
    case ZYDIS_MNEMONIC_JNL:
    case ZYDIS_MNEMONIC_SETNL:
    case ZYDIS_MNEMONIC_CMOVNL:
      return Condition::greater_equal;
    case ZYDIS_MNEMONIC_JS:
    case ZYDIS_MNEMONIC_SETS:
    case ZYDIS_MNEMONIC_CMOVS:
      return Condition::negative;
    case ZYDIS_MNEMONIC_JNS:
    case ZYDIS_MNEMONIC_SETNS:
    case ZYDIS_MNEMONIC_CMOVNS:
      return Condition::not_negative;
    default:
      return Condition::opaque;
  }
}

// What the instruction writes besides what its operation says.
uint32_t written(const ZydisDecodedInstruction& insn, const Operands& operands) {
  uint32_t registers = 0;
  for (size_t i = 0; i < insn.operand_count; i++) {
    const ZydisDecodedOperand& operand = operands[i];
    if (operand.type == ZYDIS_OPERAND_TYPE_REGISTER &&
        (operand.actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) != 0) {
      const uint8_t number = register_number(operand.reg.value);
      registers |= number == kNoRegister ? 0 : uint32_t{1} << number;
    }
  }
  return registers;
}

bool writes_flags(const ZydisDecodedInstruction& insn) {
  return insn.cpu_flags != nullptr && (insn.cpu_flags->modified | insn.cpu_flags->set_0 |
                                       insn.cpu_flags->set_1 | insn.cpu_flags->undefined) != 0;
}

class Lifter {
 public:
  Lifter(const ZydisDecodedInstruction& insn, const Operands& operands, uint64_t address)
      : insn_(insn), operands_(operands) {
    out_.address = address;
    out_.length = insn.length;
    out_.width = static_cast<uint8_t>(std::min<unsigned>(insn.operand_width, 64));
  }

  Instruction lift() {
    if (!control() && !moves() && !arithmetic() && !rest()) {
      other();
    }
    return out_;
  }

 private:
  size_t visible() const { return insn_.operand_count_visible; }
  Operand operand(size_t i) const {
    return operand_of(operands_[i], out_.next(), operands_[0].size != 0 ? operands_[0].size : 64);
  }

  // Unknown to the analysis: what it writes is unknown after it.
  void other() {
    const uint64_t address = out_.address;
    out_ = {};
    out_.address = address;
    out_.length = insn_.length;
    out_.op = Op::other;
    out_.destroys = written(insn_, operands_);
    out_.flags = writes_flags(insn_) ? Flags::destroy : Flags::keep;
    for (size_t i = 0; i < insn_.operand_count; i++) {
      const ZydisDecodedOperand& operand = operands_[i];
      if (operand.type == ZYDIS_OPERAND_TYPE_MEMORY && operand.mem.type == ZYDIS_MEMOP_TYPE_MEM &&
          (operand.actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) != 0) {
        out_.target = memory(operand.mem, out_.next(), operand.size);
        out_.exact = operand.size != 0 && operand.size <= 64;
      }
    }
  }

  bool control() {
    switch (insn_.mnemonic) {
      case ZYDIS_MNEMONIC_NOP:
      case ZYDIS_MNEMONIC_ENDBR64:
      case ZYDIS_MNEMONIC_PAUSE:
      case ZYDIS_MNEMONIC_LFENCE:
      case ZYDIS_MNEMONIC_MFENCE:
      case ZYDIS_MNEMONIC_SFENCE:
      case ZYDIS_MNEMONIC_STAC:
      case ZYDIS_MNEMONIC_CLAC:
      case ZYDIS_MNEMONIC_CLI:
      case ZYDIS_MNEMONIC_STI:
      case ZYDIS_MNEMONIC_CLD:
        out_.op = Op::nop;
        return true;
      case ZYDIS_MNEMONIC_RET:
        out_.op = Op::ret;
        return true;
      case ZYDIS_MNEMONIC_UD2:
        out_.op = Op::trap;
        return true;
      case ZYDIS_MNEMONIC_UD1:
      case ZYDIS_MNEMONIC_UD0:
      case ZYDIS_MNEMONIC_HLT:
      case ZYDIS_MNEMONIC_INT3:
        out_.op = Op::halt;
        return true;
      case ZYDIS_MNEMONIC_CALL:
      case ZYDIS_MNEMONIC_JMP: {
        const bool call = insn_.mnemonic == ZYDIS_MNEMONIC_CALL;
        if (operands_[0].type == ZYDIS_OPERAND_TYPE_IMMEDIATE && operands_[0].imm.is_relative) {
          out_.op = call ? Op::call : Op::jump;
          out_.destination = out_.next() + static_cast<uint64_t>(operands_[0].imm.value.s);
        } else {
          out_.op = call ? Op::call_indirect : Op::jump_indirect;
          out_.a = operand(0);
        }
        return true;
      }
      default:
        break;
    }
    if (insn_.meta.category == ZYDIS_CATEGORY_COND_BR) {
      out_.op = Op::branch;
      out_.condition = condition_of(insn_.mnemonic);
      out_.destination = out_.next() + static_cast<uint64_t>(operands_[0].imm.value.s);
      out_.destroys = written(insn_, operands_);  // loop
      out_.destroys &= ~(uint32_t{1} << x86::rsp);
      return true;
    }
    return false;
  }

  bool moves() {
    switch (insn_.mnemonic) {
      case ZYDIS_MNEMONIC_MOV:
      case ZYDIS_MNEMONIC_MOVZX:
        out_.target = operand(0);
        out_.a = operand(1);
        if (out_.target.kind == Operand::none || out_.a.kind == Operand::none) {
          return false;  // a segment or control register
        }
        out_.op = Op::move;
        return true;
      case ZYDIS_MNEMONIC_MOVSX:
      case ZYDIS_MNEMONIC_MOVSXD:
        out_.op = Op::sign_extend;
        out_.target = operand(0);
        out_.a = operand(1);
        return true;
      case ZYDIS_MNEMONIC_CDQE:
        extend(x86::rax, 32, 64);
        return true;
      case ZYDIS_MNEMONIC_CWDE:
        extend(x86::rax, 16, 32);
        return true;
      case ZYDIS_MNEMONIC_LEA:
        out_.op = Op::address;
        out_.target = operand(0);
        out_.a = operand(1);
        return true;
      case ZYDIS_MNEMONIC_PUSH:
        out_.op = Op::push;
        out_.a = operand(0);
        if (out_.a.kind == Operand::immediate) {
          out_.a = immediate(static_cast<uint64_t>(operands_[0].imm.value.s), 64);
        }
        return out_.a.kind != Operand::none && out_.a.width == 64;
      case ZYDIS_MNEMONIC_POP:
        out_.op = Op::pop;
        out_.target = operand(0);
        return out_.target.kind == Operand::reg && out_.target.width == 64;
      case ZYDIS_MNEMONIC_PUSHFQ:
        out_.op = Op::push;
        return true;
      case ZYDIS_MNEMONIC_POPFQ:
        out_.op = Op::pop;
        out_.flags = Flags::destroy;
        return true;
      case ZYDIS_MNEMONIC_LEAVE:
        out_.op = Op::leave;
        return true;
      case ZYDIS_MNEMONIC_XCHG:
        out_.target = operand(0);
        out_.a = operand(1);
        out_.op = Op::exchange;
        return out_.target.kind == Operand::reg && out_.a.kind == Operand::reg;
      default:
        break;
    }
    if (insn_.meta.category == ZYDIS_CATEGORY_CMOV || insn_.meta.category == ZYDIS_CATEGORY_SETCC) {
      out_.op = insn_.meta.category == ZYDIS_CATEGORY_CMOV ? Op::select : Op::set;
      out_.condition = condition_of(insn_.mnemonic);
      out_.target = operand(0);
      out_.a = out_.op == Op::select ? operand(1) : Operand{};
      return true;
    }
    return false;
  }

  void extend(uint8_t number, unsigned from, unsigned to) {
    out_.op = Op::sign_extend;
    out_.target = general_register(number, to);
    out_.a = general_register(number, from);
  }

  bool binary(Op op, Flags flags, bool discards = false) {
    out_.op = op;
    out_.flags = flags;
    out_.discards = discards;
    out_.target = operand(0);
    out_.a = operand(0);
    out_.b = operand(1);
    out_.width = out_.target.width;
    if (out_.target.kind == Operand::none || out_.b.kind == Operand::none) {
      return false;
    }
    if (discards) {
      out_.target = {};
    }
    return true;
  }

  bool unary(Op op, Flags flags) {
    out_.op = op;
    out_.flags = flags;
    out_.target = operand(0);
    out_.a = operand(0);
    out_.width = out_.target.width;
    return true;
  }

  bool by_one(Op op) {
    unary(op, Flags::result);
    out_.b = immediate(1, out_.width);
    return true;
  }

  bool shift(Op op) {
    if (!binary(op, Flags::result)) {
      return false;
    }
    if (out_.b.kind == Operand::immediate) {
      out_.b.value &= out_.width == 64 ? 63 : 31;
      out_.flags = out_.b.value == 0 ? Flags::keep : Flags::result;
    } else {
      out_.flags = Flags::destroy;  // shifted by nothing, they stay as they were
    }
    return true;
  }

  bool arithmetic() {
    switch (insn_.mnemonic) {
      case ZYDIS_MNEMONIC_ADD:
        return binary(Op::add, Flags::result);
      case ZYDIS_MNEMONIC_SUB:
        return binary(Op::sub, Flags::compare);
      case ZYDIS_MNEMONIC_CMP:
        return binary(Op::sub, Flags::compare, true);
      case ZYDIS_MNEMONIC_AND:
        return binary(Op::and_, Flags::logic);
      case ZYDIS_MNEMONIC_TEST:
        return binary(Op::and_, Flags::logic, true);
      case ZYDIS_MNEMONIC_OR:
        return binary(Op::or_, Flags::logic);
      case ZYDIS_MNEMONIC_XOR:
        return binary(Op::xor_, Flags::logic);
      case ZYDIS_MNEMONIC_SHL:
        return shift(Op::shl);
      case ZYDIS_MNEMONIC_SHR:
        return shift(Op::shr);
      case ZYDIS_MNEMONIC_SAR:
        return shift(Op::sar);
      case ZYDIS_MNEMONIC_INC:
        return by_one(Op::add);
      case ZYDIS_MNEMONIC_DEC:
        return by_one(Op::sub);
      case ZYDIS_MNEMONIC_NOT:
        return unary(Op::not_, Flags::keep);
      case ZYDIS_MNEMONIC_NEG:
        return unary(Op::neg, Flags::compare);
      case ZYDIS_MNEMONIC_SBB:
        if (!binary(Op::carry_mask, Flags::result)) {
          return false;
        }
        return out_.a.kind == Operand::reg && out_.b.kind == Operand::reg &&
               out_.a.reg_index == out_.b.reg_index;
      case ZYDIS_MNEMONIC_IMUL:
        if (visible() == 1) {
          return false;
        }
        if (!binary(Op::mul, Flags::destroy)) {
          return false;
        }
        if (visible() == 3) {
          out_.a = operand(1);
          out_.b = operand(2);
        }
        return true;
      case ZYDIS_MNEMONIC_BT:
        return binary(Op::bit_test, Flags::destroy, true);
      case ZYDIS_MNEMONIC_BTS:
        return single_bit(Op::or_);
      case ZYDIS_MNEMONIC_BTC:
        return single_bit(Op::xor_);
      case ZYDIS_MNEMONIC_BTR:
        return single_bit(Op::and_);
      default:
        return false;
    }
  }

  // bts and its like with the number of the bit in the instruction. What carry is then is not said.
  bool single_bit(Op op) {
    if (!binary(op, Flags::destroy) || out_.b.kind != Operand::immediate ||
        out_.target.kind != Operand::reg) {
      return false;
    }
    const uint64_t bit = uint64_t{1} << (out_.b.value & (out_.width - 1U));
    out_.b = immediate(op == Op::and_ ? ~bit : bit, out_.width);
    return true;
  }

  bool rest() {
    const auto string = [this](Op op, unsigned width) {
      if ((insn_.attributes & ZYDIS_ATTRIB_HAS_REP) == 0) {
        return false;
      }
      out_.op = op;
      out_.width = static_cast<uint8_t>(width);
      return true;
    };
    switch (insn_.mnemonic) {
      case ZYDIS_MNEMONIC_STOSB:
        return string(Op::fill, 8);
      case ZYDIS_MNEMONIC_STOSD:
        return string(Op::fill, 32);
      case ZYDIS_MNEMONIC_STOSQ:
        return string(Op::fill, 64);
      case ZYDIS_MNEMONIC_MOVSB:
        return string(Op::copy, 8);
      case ZYDIS_MNEMONIC_MOVSD:
        return string(Op::copy, 32);
      case ZYDIS_MNEMONIC_MOVSQ:
        return string(Op::copy, 64);
      default:
        return false;
    }
  }

  const ZydisDecodedInstruction& insn_;
  const Operands& operands_;
  Instruction out_;
};

}  // namespace

struct X86Decoder::Impl {
  ZydisDecoder decoder;
};

X86Decoder::X86Decoder() : impl_(std::make_unique<Impl>()) {
  ZydisDecoderInit(&impl_->decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
}

X86Decoder::~X86Decoder() = default;

std::optional<Instruction> X86Decoder::decode(std::span<const std::byte> bytes,
                                              uint64_t address) const {
  ZydisDecodedInstruction insn;
  Operands operands;
  if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&impl_->decoder, bytes.data(),
                                           std::min<size_t>(bytes.size(), 15), &insn,
                                           operands.data()))) {
    return std::nullopt;
  }
  return Lifter(insn, operands, address).lift();
}

}  // namespace kapi::code
